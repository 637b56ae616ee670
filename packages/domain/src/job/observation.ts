import type { AttemptProcess } from "./job.ts";
import type { JobReason } from "./status.ts";

/** Why a cluster says an attempt failed. */
export type FailureReason = Extract<
  JobReason,
  | "exit-code"
  | "killed-by-signal"
  | "out-of-memory"
  | "timeout"
  | "disk-quota"
  | "environment-failed"
  | "input-unavailable"
  | "start-refused"
>;

/** What is known of an attempt now. The compute port's observations have this shape. */
export type AttemptObservation = AttemptState & {
  /** When its cluster said so, where that was before it was asked now: in a list of many, read a moment ago. */
  readonly seenAtMs?: number;
  /** What its cluster is to be told again with the handle, e.g. since when it says this: a restart begins nothing anew. */
  readonly note?: Readonly<Record<string, string>>;
  /** It goes on for longer than it may, and only a person can end that. */
  readonly overdue?: true;
};
type AttemptState =
  | { readonly kind: "preparing" | "queued"; readonly message: string }
  | { readonly kind: "running"; readonly processes: readonly AttemptProcess[] }
  | { readonly kind: "finalizing"; readonly message?: string }
  | { readonly kind: "succeeded"; readonly processes: readonly AttemptProcess[] }
  | {
      readonly kind: "failed";
      readonly cause: FailureReason;
      readonly message: string;
      readonly processes: readonly AttemptProcess[];
    }
  | { readonly kind: "preempted"; readonly message: string }
  | { readonly kind: "cancelled" }
  /** Its cluster does not answer, or says a word that tells nothing. Never a failure. */
  | {
      readonly kind: "unknown";
      readonly message: string;
      /** Since when its cluster says this: a word, though it tells nothing. Left out where nothing was heard at all. */
      readonly sinceMs?: number;
      /** How long this may go on before the attempt is given up; a short while where its cluster does not say. */
      readonly patienceMs?: number;
      /** Nobody's attempts can be asked for there: that says nothing of this one, and it is never given up for it. */
      readonly outage?: true;
    }
  | { readonly kind: "gone" };

/** Whether its cluster itself said something of it; silence prolongs nothing. */
export const isHeard = (seen: AttemptObservation): boolean =>
  seen.kind === "unknown" ? seen.sinceMs !== undefined : seen.kind !== "gone";

/** Whether nothing of the attempt runs any more, by the cluster's own word. */
export const hasEnded = (observation: AttemptObservation): boolean =>
  ["succeeded", "failed", "preempted", "cancelled"].includes(observation.kind);
