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
  | { readonly kind: "unknown"; readonly message: string }
  | { readonly kind: "gone" };

/** Whether nothing of the attempt runs any more, by the cluster's own word. */
export const hasEnded = (observation: AttemptObservation): boolean =>
  ["succeeded", "failed", "preempted", "cancelled"].includes(observation.kind);
