import { advance, type AttemptFacts, type AttemptTiming, type JobFacts } from "./advance.ts";
import { costLimitReached, type CostFacts } from "./cost.ts";
import type { AttemptProcess } from "./job.ts";
import { isHeard, type AttemptObservation } from "./observation.ts";

/*
 * Where many attempts run, one look at all of them together keeps them fresh. It only confirms: whatever is not as it is known
 * already is left to the job's own look, so that there is one path that decides.
 */

export interface SurveyedFacts {
  readonly job: Omit<JobFacts, "cost"> & { readonly message: string | null };
  readonly attempt: AttemptFacts & {
    readonly startedAt: Date | null;
    readonly processes: readonly AttemptProcess[];
    /** What its cluster is told with its handle. */
    readonly noted?: Readonly<Record<string, string>>;
  };
}
/** `confirmed`: heard, and as known. `quiet`: not heard, and nothing to do about it yet. `look`: its job is due at once. */
export type SurveyVerdict = "confirmed" | "quiet" | "look";

/** What a survey makes of one attempt. Cost limits are not its matter: `lookPauseMs` sees to them. */
export function judgeSurveyed(
  { job, attempt }: SurveyedFacts,
  seen: AttemptObservation,
  now: Date,
  timing?: AttemptTiming,
): SurveyVerdict {
  const decision = advance({ ...job, cost: null }, attempt, seen, now, timing);
  if (decision.kind !== "wait") return "look";
  // No deadline hangs on one that runs: ten thousand of them are not looked at for a note alone.
  const noted = Object.entries(seen.kind === "running" ? {} : (seen.note ?? {}));
  if (noted.some(([key, value]) => attempt.noted?.[key] !== value)) return "look";
  if (seen.kind === "unknown" || seen.kind === "gone") return isHeard(seen) ? "confirmed" : "quiet";
  if (decision.message !== undefined && decision.message !== job.message) return "look";
  if (seen.kind !== "running") return "confirmed";
  return attempt.startedAt !== null && sameProcesses(attempt.processes, seen.processes)
    ? "confirmed"
    : "look";
}

const sameProcesses = (a: readonly AttemptProcess[], b: readonly AttemptProcess[]): boolean =>
  a.length === b.length &&
  a.every((one, n) => {
    const other = b[n];
    return (
      one.rank === other?.rank &&
      one.node === other.node &&
      one.state === other.state &&
      one.exitCode === other.exitCode
    );
  });

/** All jobs of a surveyed target together are looked at one by one this often. */
const looksPerSecond = 50;

/**
 * How long a job that waits is left to the survey of its target's `surveyed` jobs (0: there is none). Never past the moment its cost
 * reaches its limit.
 */
export function lookPauseMs(
  waitMs: number,
  surveyed: number,
  cost: CostFacts | null,
  now: Date,
): number {
  const pauseMs = Math.max(waitMs, (surveyed / looksPerSecond) * 1000);
  return costLimitReached(cost, new Date(now.getTime() + pauseMs)) === null ? pauseMs : waitMs;
}
