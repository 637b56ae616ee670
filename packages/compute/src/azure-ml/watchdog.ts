import { durationMs } from "@preceptor/domain";
import type { Phase } from "./status.ts";
import type { Deadlines } from "./target.ts";

/** What to do about an attempt that does not move on; `none` while it is within its time. */
export type Alarm =
  | { readonly kind: "none" }
  /** It will not begin by itself: stop it, and say why it ended. */
  | { readonly kind: "stop"; readonly why: "preparing" | "queued"; readonly message: string }
  /** Asked to stop and did not: ask again, and say that machines may still be paid for. */
  | { readonly kind: "stop-again"; readonly message: string }
  /** Nothing can be done from here; somebody has to know. */
  | { readonly kind: "tell"; readonly message: string };

const none: Alarm = { kind: "none" };
const billed = "its machines may still be paid for";

/** Pure: (phase, since when, now, the target's deadlines). A state that Azure never leaves is never called failed by itself. */
export function watch(phase: Phase, sinceMs: number, nowMs: number, deadlines: Deadlines): Alarm {
  const waitedMs = nowMs - sinceMs;
  const over = (name: keyof Deadlines): boolean =>
    waitedMs >= (durationMs(deadlines[name]) ?? Number.POSITIVE_INFINITY);
  const since = minutes(waitedMs);
  switch (phase) {
    case "preparing":
      return over("preparing")
        ? {
            kind: "stop",
            why: "preparing",
            message: `Azure has been preparing it for ${since}: it is being stopped.`,
          }
        : none;
    case "queued":
      return over("queued")
        ? {
            kind: "stop",
            why: "queued",
            message: `Azure has had no machines for it for ${since}: it is being stopped.`,
          }
        : none;
    case "finalizing":
      // A cancel is refused in this state; what the program wrote is in storage already.
      return over("finalizing")
        ? {
            kind: "tell",
            message: `Azure has been finishing it for ${since} and ${billed}: look at the job in Azure ML studio, remove its node there, or open a support request.`,
          }
        : none;
    case "stopping":
      return over("cancelling")
        ? {
            kind: "stop-again",
            message: `Azure was asked to stop it ${since} ago, has not, and ${billed}: it is asked again; look at the job in Azure ML studio or remove its node there.`,
          }
        : none;
    case "running":
    case "ended":
    case "unknown":
      return none;
  }
}

const minutes = (ms: number): string =>
  ms >= 7_200_000
    ? `${Math.floor(ms / 3_600_000)} hours`
    : ms >= 120_000
      ? `${Math.floor(ms / 60_000)} minutes`
      : `${Math.floor(ms / 1000)} seconds`;
