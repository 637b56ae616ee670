import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface StepRecord {
  readonly step: string;
  readonly seconds: number;
  readonly ok: boolean;
}

/** Runs the steps, says each with its seconds, and keeps what the summary file tells. */
export class Steps {
  readonly records: StepRecord[] = [];
  readonly facts: Record<string, unknown> = {};
  readonly #began = performance.now();
  readonly #color = process.stdout.isTTY === true;

  async run<T>(step: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    console.log(`\n${this.#bold(`${this.records.length + 1}. ${step}`)}`);
    let ok = false;
    try {
      const result = await work();
      ok = true;
      return result;
    } finally {
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      this.records.push({ step, seconds, ok });
      console.log(`   ${ok ? "done" : "FAILED"} in ${seconds.toFixed(1)} s`);
    }
  }

  tell(line: string): void {
    const seconds = ((performance.now() - this.#began) / 1000).toFixed(1).padStart(6);
    console.log(`   ${seconds} s  ${line}`);
  }

  /** Written even when a step failed: a script reads how far it came. */
  write(dataDir: string, ok: boolean): string {
    const file = join(dataDir, "demo-summary.json");
    const seconds = Math.round((performance.now() - this.#began) / 100) / 10;
    writeFileSync(
      file,
      `${JSON.stringify({ ok, seconds, finishedAt: new Date().toISOString(), steps: this.records, ...this.facts }, null, 2)}\n`,
    );
    return file;
  }

  #bold(text: string): string {
    return this.#color ? `\u001b[1m${text}\u001b[0m` : text;
  }
}
