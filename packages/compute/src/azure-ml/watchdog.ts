import { durationMs } from "@preceptor/domain";
import type { Phase } from "./status.ts";
import type { Deadlines } from "./target.ts";

/** What to do about an attempt that does not move on; `none` while it is within its time. */
export type Alarm =
  | { readonly kind: "none" }
  /** It will not begin by itself: stop it, and say why it ended. */
  | { readonly kind: "stop"; readonly why: "preparing" | "queued"; readonly facts: string }
  /** Asked to stop and did not: ask again, and say that machines may still be paid for. */
  | { readonly kind: "stop-again"; readonly facts: string }
  /** Nothing can be done from here; somebody has to know. */
  | { readonly kind: "tell"; readonly facts: string };

const none: Alarm = { kind: "none" };
const billed = "its machines may still be paid for";
const byHand =
  "Look at the job in Azure ML studio, remove its node there, or open a support request.";

/** For people; `refused`: why Azure could not be asked for what the alarm is for. */
export function tell(
  alarm: Exclude<Alarm, { kind: "none" }>,
  refused: string | null,
): { readonly message: string; readonly needsHand: boolean } {
  const { kind, facts } = alarm;
  const failed = `${facts}. It could not be asked to stop now, and is asked again: ${refused}`;
  switch (kind) {
    case "stop":
      return refused === null
        ? { message: `${facts}: it is being stopped.`, needsHand: false }
        : { message: failed, needsHand: true };
    case "stop-again":
      return {
        message: `${refused === null ? `${facts}: it is asked again.` : failed} ${byHand}`,
        needsHand: true,
      };
    case "tell":
      return { message: `${facts}. ${byHand}`, needsHand: true };
  }
}

const silentMs = 6 * 3_600_000;
/** How long an attempt of which Azure says nothing that tells how it is may go on. */
export const silentPatienceMs = ({ silent }: Deadlines): number =>
  durationMs(silent ?? "") ?? silentMs;

/** Pure: (phase, since when, now, the target's deadlines). A state that Azure never leaves is never called failed by itself. */
export function watch(phase: Phase, sinceMs: number, nowMs: number, deadlines: Deadlines): Alarm {
  const waitedMs = nowMs - sinceMs;
  const over = (name: keyof Deadlines): boolean =>
    waitedMs >= (durationMs(deadlines[name] ?? "") ?? Number.POSITIVE_INFINITY);
  const since = inWords(waitedMs);
  switch (phase) {
    case "preparing":
      return over("preparing")
        ? {
            kind: "stop",
            why: "preparing",
            facts: `Azure has been preparing it for ${since}`,
          }
        : none;
    case "queued":
      return over("queued")
        ? {
            kind: "stop",
            why: "queued",
            facts: `Azure has had no machines for it for ${since}`,
          }
        : none;
    case "finalizing":
      // A cancel is refused in this state; what the program wrote is in storage already.
      return over("finalizing")
        ? {
            kind: "tell",
            facts: `Azure has been finishing it for ${since} and ${billed}`,
          }
        : none;
    case "stopping":
      return over("cancelling")
        ? {
            kind: "stop-again",
            facts: `Azure was asked to stop it ${since} ago, has not, and ${billed}`,
          }
        : none;
    case "running":
    case "ended":
    case "unknown":
      return none;
  }
}

export const inWords = (ms: number): string =>
  ms >= 7_200_000
    ? `${Math.floor(ms / 3_600_000)} hours`
    : ms >= 120_000
      ? `${Math.floor(ms / 60_000)} minutes`
      : `${Math.floor(ms / 1000)} seconds`;
