import { setTimeout as sleep } from "node:timers/promises";
import { faultOf } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";

export interface Patience {
  readonly pollMs: number;
  readonly signal: AbortSignal;
  readonly longestMs?: number;
}

const longestWaitMs = 30 * 60_000;

/** Asks until the answer is not null. */
export async function until<T>(
  { pollMs, signal, longestMs = longestWaitMs }: Patience,
  ask: () => Promise<T | null>,
): Promise<T> {
  const deadline = performance.now() + longestMs;
  for (;;) {
    signal.throwIfAborted();
    const found = await ask();
    if (found !== null) return found;
    if (performance.now() > deadline)
      throw new DomainError("unavailable", "Azure has not finished an operation in its time.");
    await sleep(pollMs, undefined, { signal });
  }
}

/** Another operation on the same endpoint answers 409: it is waited out. */
export function whenFree<T>(patience: Patience, send: () => Promise<T>): Promise<T> {
  return until(patience, async () => {
    try {
      return { answer: await send() };
    } catch (error) {
      if (faultOf(error).kind === "conflict" && !(error instanceof DomainError)) return null;
      throw error;
    }
  }).then(({ answer }) => answer);
}
