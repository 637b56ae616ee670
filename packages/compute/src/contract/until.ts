import { setTimeout as pause } from "node:timers/promises";
import type { ComputeProvider, Handle, Observation } from "../provider.ts";

const pollMs = 50;

/** Looks again until the answer is there; fails after the deadline with what was last seen. */
export async function until<T>(
  look: () => Promise<T>,
  isThere: (seen: T) => boolean,
  deadlineMs = 25_000,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (performance.now() > end)
      throw new Error(`not within ${deadlineMs} ms; last seen: ${JSON.stringify(seen)}`);
    await pause(pollMs);
  }
}

export async function observeOne(provider: ComputeProvider, handle: Handle): Promise<Observation> {
  const [observation] = await provider.observe([handle]);
  if (!observation) throw new Error("observe answered nothing for one handle");
  return observation;
}

export const untilKind = (
  provider: ComputeProvider,
  handle: Handle,
  ...kinds: readonly Observation["kind"][]
): Promise<Observation> =>
  until(
    () => observeOne(provider, handle),
    (seen) => kinds.includes(seen.kind),
  );

export const endKinds = ["succeeded", "failed", "preempted", "cancelled", "gone"] as const;

export const untilEnded = (provider: ComputeProvider, handle: Handle): Promise<Observation> =>
  untilKind(provider, handle, ...endKinds);
