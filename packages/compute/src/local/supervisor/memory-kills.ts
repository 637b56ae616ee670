import { readFileSync } from "node:fs";

const recentMs = 5000;

/** Remembers when the kernel last ended a process for want of memory, so that a killed node's cause can be known and not guessed. */
export class MemoryKills {
  #seen = countKills();
  #lastAtMs = Number.NEGATIVE_INFINITY;

  look(): void {
    const count = countKills();
    if (count > this.#seen) this.#lastAtMs = performance.now();
    this.#seen = count;
  }
  get justHappened(): boolean {
    this.look();
    return performance.now() - this.#lastAtMs < recentMs;
  }
}

/** The kernel's own count, 0 where it keeps none. */
function countKills(): number {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "latin1"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
