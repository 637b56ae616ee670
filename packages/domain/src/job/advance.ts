import { costLimitReached, type CostFacts } from "./cost.ts";
import { hasEnded, type AttemptObservation } from "./observation.ts";
import { reasonTable } from "./reason.ts";
import type { AttemptStatus, JobReason, JobStatus } from "./status.ts";
import { isTerminal, type JobEvent } from "./transition.ts";

export interface JobFacts {
  readonly status: JobStatus;
  readonly attemptCount: number;
  readonly maxAttempts: number;
  /** null where the job has no price, and so no cost. */
  readonly cost: CostFacts | null;
}
export interface AttemptFacts {
  /** When anything was last heard of it; its creation before that. */
  readonly lastHeardAt: Date;
  /** Whether its cluster gave a handle, that is: whether it was started for certain. */
  readonly hasHandle: boolean;
  /** Why it was given up and asked to stop, where it was: it may go on until its cluster says that it ended. */
  readonly givenUp?: { readonly reason: GivenUp; readonly message: string } | null;
}
export type GivenUp = Extract<JobReason, "silent" | "lost">;
export interface AttemptTiming {
  /** Unheard of for this long, an attempt is `unknown`. */
  readonly silentAfterMs: number;
  /** Its lease, where its cluster says no other: only after this may it be given up. */
  readonly leaseMs: number;
}
export const defaultTiming: AttemptTiming = { silentAfterMs: 20_000, leaseMs: 120_000 };

export interface JobMove {
  readonly kind: "move";
  readonly event: JobEvent;
  readonly attempt: AttemptStatus;
  readonly reason: JobReason | null;
  readonly message: string | null;
  readonly waitMs: number;
}
export type JobDecision =
  /** Make an attempt (or finish making the one at hand) and hand it to the cluster. */
  | { readonly kind: "start" }
  /** Nothing changes; look again then. */
  | { readonly kind: "wait"; readonly waitMs: number; readonly message?: string }
  | JobMove
  /** Commit what it left, then `complete`. */
  | { readonly kind: "finalize" }
  /** Ask the cluster to stop it: a member wished it, or it reached its cost limit. */
  | { readonly kind: "cancel" }
  /** It is given up: asked for alone and stopped. `after` happens once its cluster says that it ended, or no longer knows it. */
  | {
      readonly kind: "fence";
      readonly why: { readonly reason: GivenUp; readonly message: string };
      readonly after: JobMove;
    };

const lookMs = 1000;
const startingLookMs = 300;
const longestPauseMs = 30_000;

/** What to do about a job, given what is known of its newest attempt. Pure: `now` is an argument. */
export function advance(
  job: JobFacts,
  attempt: AttemptFacts | null,
  seen: AttemptObservation | null,
  now: Date,
  timing: AttemptTiming = defaultTiming,
): JobDecision {
  if (isTerminal(job.status)) return { kind: "wait", waitMs: longestPauseMs };
  if (job.status === "finalizing") return { kind: "finalize" };
  if (job.status === "queued") {
    return job.attemptCount < job.maxAttempts
      ? { kind: "start" }
      : move("fail", "failed", "attempts-exhausted", null, 0);
  }
  if (attempt === null) return { kind: "start" };
  if (job.status === "cancelling") return whileCancelling(seen);
  if (seen === null) return attempt.hasHandle ? { kind: "wait", waitMs: 0 } : { kind: "start" };
  // Its worker ended between writing the attempt down and handing it over: the same attempt is handed over now.
  if (seen.kind === "gone" && !attempt.hasHandle) return { kind: "start" };
  const overspent = costLimitReached(job.cost, now);
  if (overspent !== null) return whileOverspent(overspent, attempt, seen, now, timing);
  return attempt.givenUp
    ? whileGivenUp(job, attempt.givenUp, seen)
    : whileActive(job, attempt, seen, now, timing);
}

/** Two attempts of one job must never run: the next begins only after the end of this one was seen. */
function whileGivenUp(
  job: JobFacts,
  why: NonNullable<AttemptFacts["givenUp"]>,
  seen: AttemptObservation,
): JobDecision {
  // It had ended well before it could be stopped, and nothing took its place.
  if (seen.kind === "succeeded") return move("finish", "succeeded", null, null, 0);
  const after = ended(job, why.reason, why.message);
  return hasEnded(seen) || seen.kind === "gone" ? after : { kind: "fence", why, after };
}

/** What ended well by itself is kept; everything else is stopped, and what it had saved is taken in on the way. */
function whileOverspent(
  message: string,
  attempt: AttemptFacts,
  seen: AttemptObservation,
  now: Date,
  timing: AttemptTiming,
): JobDecision {
  if (seen.kind === "succeeded") return move("finish", "succeeded", null, null, 0);
  const stopped = move("fail", "cancelled", "cost-limit", message, 0);
  if (hasEnded(seen)) return stopped;
  const silentMs = now.getTime() - attempt.lastHeardAt.getTime();
  if (seen.kind === "gone" && silentMs >= timing.leaseMs)
    return { kind: "fence", why: { reason: "lost", message }, after: stopped };
  return { kind: "cancel" };
}

function whileActive(
  job: JobFacts,
  attempt: AttemptFacts,
  seen: AttemptObservation,
  now: Date,
  timing: AttemptTiming,
): JobDecision {
  switch (seen.kind) {
    case "preparing":
    case "queued":
      return { kind: "wait", waitMs: startingLookMs, message: seen.message };
    case "running":
      return job.status === "running"
        ? { kind: "wait", waitMs: lookMs }
        : move("run", "running", null, null, lookMs);
    case "finalizing":
      return {
        kind: "wait",
        waitMs: startingLookMs,
        ...(seen.message === undefined ? {} : { message: seen.message }),
      };
    case "succeeded":
      return move("finish", "succeeded", null, null, 0);
    case "failed":
      return ended(job, seen.cause, seen.message);
    case "preempted":
      return ended(job, "preempted", seen.message);
    case "cancelled":
      return move(
        "stop",
        "cancelled",
        null,
        "It was stopped on the cluster, not through Preceptor.",
        0,
      );
    case "unknown":
      return unheard(job, attempt, "silent", seen, now, timing);
    case "gone": {
      const message = "The cluster no longer knows the attempt.";
      return unheard(job, attempt, "lost", { message }, now, timing);
    }
  }
}

/** Unreachable is not dead: first `unknown`, and given up only once its cluster's patience with such an attempt is over. */
function unheard(
  job: JobFacts,
  attempt: AttemptFacts,
  reason: GivenUp,
  seen: Omit<AttemptObservation & { kind: "unknown" }, "kind">,
  now: Date,
  timing: AttemptTiming,
): JobDecision {
  const { message, sinceMs = attempt.lastHeardAt.getTime(), patienceMs = timing.leaseMs } = seen;
  const quietMs = now.getTime() - sinceMs;
  if (quietMs >= patienceMs && seen.outage !== true)
    return { kind: "fence", why: { reason, message }, after: ended(job, reason, message) };
  if (job.status === "unknown") return { kind: "wait", waitMs: lookMs, message };
  return quietMs >= timing.silentAfterMs
    ? move("silence", "unknown", reason, message, lookMs)
    : { kind: "wait", waitMs: lookMs };
}

function ended(job: JobFacts, reason: JobReason, message: string): JobMove {
  const { retry, attempt } = reasonTable[reason];
  const how = attempt ?? "failed";
  if (!retry) return move("fail", how, reason, message, 0);
  if (job.attemptCount >= job.maxAttempts) {
    // One allowed attempt that failed says why; only a row of them is "exhausted".
    return job.maxAttempts === 1
      ? move("fail", how, reason, message, 0)
      : move(
          "fail",
          how,
          "attempts-exhausted",
          `${reasonTable[reason].wording} ${message}`.trim(),
          0,
        );
  }
  return move("retry", how, reason, message, pauseMs(job.attemptCount));
}

/** A member's wish outlives everything the attempt may still say, and its silence: nobody is told that it stopped before it has. */
function whileCancelling(seen: AttemptObservation | null): JobDecision {
  return seen !== null && (seen.kind === "gone" || hasEnded(seen))
    ? move("stop", "cancelled", "cancelled-by-member", null, 0)
    : { kind: "cancel" };
}

/** Pause before the next attempt: 1 s, 2 s, 4 s … at most 30 s. */
const pauseMs = (attemptCount: number): number =>
  Math.min(longestPauseMs, 1000 * 2 ** Math.max(0, attemptCount - 1));

const move = (
  event: JobEvent,
  attempt: AttemptStatus,
  reason: JobReason | null,
  message: string | null,
  waitMs: number,
): JobMove => ({ kind: "move", event, attempt, reason, message, waitMs });
