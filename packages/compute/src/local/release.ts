import { rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Observation } from "../provider.ts";
import { cancelAttempt } from "./cancel.ts";
import type { AttemptLayout } from "./layout.ts";
import { observeAttempt } from "./observe.ts";

const over: readonly Observation["kind"][] = [
  "succeeded",
  "failed",
  "preempted",
  "cancelled",
  "gone",
];

/** Removes the attempt's files; its logs and its last word stay readable. One still running is ended first. */
export async function releaseAttempt(
  layout: AttemptLayout,
  now: () => Date,
  graceMs: number,
): Promise<void> {
  await cancelAttempt(layout);
  const deadline = performance.now() + graceMs + 15_000;
  while (!over.includes((await observeAttempt(layout, now())).kind)) {
    if (performance.now() > deadline)
      throw new Error(`${layout.attemptId} does not end: nothing was removed`);
    await pause(50);
  }
  for (const folder of [
    layout.code,
    layout.inputs,
    layout.resume,
    layout.checkpoints,
    layout.outputs,
  ])
    await rm(folder, { recursive: true, force: true });
}
