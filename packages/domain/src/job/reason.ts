import type { AttemptStatus, JobReason } from "./status.ts";

export interface ReasonMeaning {
  /** Whether another attempt may mend it. A program that failed by itself would fail again. */
  readonly retry: boolean;
  /** What the attempt it ended is called; null where the reason ends no attempt. */
  readonly attempt: AttemptStatus | null;
  /** One sentence for people; the attempt's own message may follow it. */
  readonly wording: string;
}

export const reasonTable: Record<JobReason, ReasonMeaning> = {
  "waiting-for-worker": { retry: false, attempt: null, wording: "Waiting for a worker." },
  "preparing-environment": {
    retry: false,
    attempt: null,
    wording: "The cluster is preparing the environment.",
  },
  retrying: { retry: false, attempt: null, wording: "Waiting for the next attempt." },
  "exit-code": { retry: false, attempt: "failed", wording: "The program ended with an error." },
  "killed-by-signal": {
    retry: true,
    attempt: "failed",
    wording: "The program was killed by a signal.",
  },
  "out-of-memory": {
    retry: false,
    attempt: "failed",
    wording: "The program needed more memory than there is.",
  },
  timeout: {
    retry: false,
    attempt: "failed",
    wording: "The attempt ran longer than limits.timeout.",
  },
  "disk-quota": {
    retry: false,
    attempt: "failed",
    wording: "The attempt wrote more than the target's disk quota.",
  },
  preempted: { retry: true, attempt: "preempted", wording: "The cluster took the machines back." },
  silent: {
    retry: true,
    attempt: "fenced",
    wording: "Nothing was heard of the attempt for too long.",
  },
  lost: { retry: true, attempt: "fenced", wording: "The cluster no longer knows the attempt." },
  "start-refused": {
    retry: false,
    attempt: "failed",
    wording: "The cluster refused to start the attempt.",
  },
  "environment-failed": {
    retry: false,
    attempt: "failed",
    wording: "The environment could not be built.",
  },
  "input-unavailable": { retry: false, attempt: "failed", wording: "An input could not be read." },
  "output-invalid": {
    retry: false,
    attempt: null,
    wording: "What the program left cannot be accepted.",
  },
  "cancelled-by-member": { retry: false, attempt: "cancelled", wording: "Cancelled by a member." },
  "attempts-exhausted": { retry: false, attempt: null, wording: "Every allowed attempt was used." },
  "cost-limit": {
    retry: false,
    attempt: "cancelled",
    wording: "The job reached limits.maxCost and was stopped; its checkpoints are kept.",
  },
  fenced: { retry: false, attempt: "fenced", wording: "A newer attempt took over." },
};
