import { setTimeout as wait } from "node:timers/promises";

/** Looks again until there is something, and says what never came. What `look` throws ends the wait. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | null | false>,
  deadlineMs = 60_000,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen;
    if (performance.now() > end) throw new Error(`${what}: not within ${deadlineMs / 1000} s`);
    await wait(200);
  }
}
