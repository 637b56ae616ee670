import { closeSync, openSync, writeSync } from "node:fs";
import { tornTail } from "../../utf8.ts";

/** Keeps the first bytes a program prints and counts the rest: printing can fill neither the memory nor the disk. */
export class NodeLog {
  readonly #file: number;
  readonly #limitBytes: number;
  #keptBytes = 0;
  #droppedBytes = 0;

  constructor(path: string, limitBytes: number) {
    this.#file = openSync(path, "a", 0o600);
    this.#limitBytes = limitBytes;
  }
  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  write(chunk: Uint8Array): void {
    const room = this.#droppedBytes > 0 ? 0 : this.#limitBytes - this.#keptBytes;
    if (chunk.length <= room) return this.#keep(chunk);
    const fitting = chunk.subarray(0, room);
    const whole = fitting.subarray(0, fitting.length - tornTail(fitting));
    if (this.#droppedBytes === 0) {
      this.#keep(whole);
      this.#keep(
        Buffer.from(
          `\n[preceptor] ${this.#limitBytes} bytes kept; what follows is counted, not kept\n`,
        ),
      );
      this.#droppedBytes += chunk.length - whole.length;
    } else this.#droppedBytes += chunk.length;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Writes at once, so that a program that prints faster than the disk takes it is slowed down by its pipe. */
  #keep(bytes: Uint8Array): void {
    try {
      this.#keptBytes += writeSync(this.#file, bytes);
    } catch {
      // A full disk must not end the job for its log.
      this.#droppedBytes += bytes.length;
    }
  }
}
