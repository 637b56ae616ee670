import type { Usage } from "../../provider.ts";
import type { ProcessRow } from "../processes.ts";

interface Sample {
  readonly atMs: number;
  readonly cpuMs: ReadonlyMap<string, number>;
}

/** Cores and memory of a set of processes, from one look to the next; the first look only remembers. */
export class UsageMeter {
  #last: Sample | null = null;

  measure(rows: readonly ProcessRow[], atMs: number): Usage | null {
    const before = this.#last;
    const cpuMs = new Map(rows.map((row) => [`${row.pid}/${row.started}`, row.cpuMs]));
    this.#last = { atMs, cpuMs };
    if (!before || atMs <= before.atMs) return null;
    let spentMs = 0;
    for (const [process, ms] of cpuMs) spentMs += ms - (before.cpuMs.get(process) ?? 0);
    return {
      cpuCores: Math.round((100 * Math.max(0, spentMs)) / (atMs - before.atMs)) / 100,
      memoryBytes: rows.reduce((sum, row) => sum + row.memoryBytes, 0),
    };
  }
}
