import { terminalJobStatuses, type JobStatus } from "./status.ts";

/** What may happen to a job. The diagram is in status.ts. */
export const jobEvents = [
  /** An attempt was prepared and is handed to its cluster. */
  "start",
  /** Its processes run. */
  "run",
  /** Nothing has been heard of it for too long. */
  "silence",
  /** Its processes ended with exit code 0; what they left is being committed. */
  "finish",
  /** Everything it left is committed. */
  "complete",
  /** It ended badly and is not tried again. */
  "fail",
  /** It ended badly and waits for its next attempt. */
  "retry",
  /** A member asked for it to stop. */
  "cancel",
  /** Nothing of it runs any more, as was asked. */
  "stop",
] as const;
export type JobEvent = (typeof jobEvents)[number];

const refused = "refused" as const;
const nothing: Record<JobEvent, typeof refused> = {
  start: refused,
  run: refused,
  silence: refused,
  finish: refused,
  complete: refused,
  fail: refused,
  retry: refused,
  cancel: refused,
  stop: refused,
};
const underWay = {
  start: refused,
  run: "running",
  silence: "unknown",
  finish: "finalizing",
  complete: refused,
  fail: "failed",
  retry: "queued",
  cancel: "cancelling",
  stop: "cancelled",
} as const satisfies Record<JobEvent, JobStatus | typeof refused>;

export const transitions: Record<JobStatus, Record<JobEvent, JobStatus | typeof refused>> = {
  // Nothing runs yet, so there is nothing to wait for: a queued job is cancelled at once.
  queued: { ...nothing, start: "starting", fail: "failed", cancel: "cancelled" },
  starting: underWay,
  running: underWay,
  unknown: underWay,
  finalizing: { ...nothing, complete: "succeeded", fail: "failed", cancel: "cancelling" },
  cancelling: { ...nothing, stop: "cancelled" },
  succeeded: nothing,
  failed: nothing,
  cancelled: nothing,
};

export const transition = (from: JobStatus, event: JobEvent): JobStatus | typeof refused =>
  transitions[from][event];

/** Every status from which an event leads somewhere: what a conditional update may name. */
export const statusesBefore = (event: JobEvent): readonly JobStatus[] =>
  (Object.keys(transitions) as JobStatus[]).filter((from) => transitions[from][event] !== refused);

export const isTerminal = (status: JobStatus): boolean =>
  (terminalJobStatuses as readonly JobStatus[]).includes(status);
