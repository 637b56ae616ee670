/** Turns what pip prints into sentences for people, and remembers why it failed. */
export class PipProgress {
  #packages: number;
  #collected = 0;
  #message = "preparing the Python environment";
  #lastLine = "";
  #lastError = "";
  #diskFull = false;

  constructor(requirements: string) {
    this.#packages = countRequirements(requirements);
  }

  line(text: string): void {
    const line = text.trim();
    if (line === "") return;
    this.#lastLine = line;
    if (line.startsWith("ERROR:")) this.#lastError = line.slice("ERROR:".length).trim();
    if (/No space left on device|Errno 28/.test(line)) this.#diskFull = true;
    // `Processing` is a wheel of this machine, `Ignoring` one another Python or system needs.
    if (line.startsWith("Ignoring ")) this.#packages--;
    const collecting = /^(?:Collecting|Processing) (?:\S*\/)?(\S+)/.exec(line)?.[1];
    if (collecting) {
      this.#collected++;
      this.#message = `collecting ${collecting} (${this.#collected} of ${this.#packages})`;
    }
    if (line.startsWith("Installing collected packages"))
      this.#message = `installing ${this.#collected} packages`;
    if (line.startsWith("waiting for")) this.#message = line;
  }

  get message(): string {
    return this.#message;
  }
  /** Collecting is a good half of the work, unpacking the rest. */
  fraction(installed: number): number {
    const part = (count: number): number => Math.min(1, count / Math.max(1, this.#packages));
    return Math.round((0.6 * part(this.#collected) + 0.4 * part(installed)) * 100) / 100;
  }
  get failure(): string {
    if (this.#diskFull) return "the disk is full: free some space and start again";
    return this.#lastError || this.#lastLine || "pip ended without a word";
  }
}

const countRequirements = (text: string): number =>
  text.split("\n").filter((line) => /^\s*[A-Za-z0-9]/.test(line)).length;
