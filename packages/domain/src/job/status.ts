/*
 *  queued ──> starting ──> running ──> finalizing ──> succeeded
 *    ^            │           │  ^          │
 *    │            └────┬──────┘  │          └──> failed
 *    │   lost, preempted, failed │
 *    │   with attempts left      v
 *    └───────────────────────  unknown         any active ──> cancelling ──> cancelled
 */
export const jobStatuses = [
  "queued",
  "starting",
  "running",
  "unknown",
  "finalizing",
  "cancelling",
  "succeeded",
  "failed",
  "cancelled",
] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const terminalJobStatuses = [
  "succeeded",
  "failed",
  "cancelled",
] as const satisfies readonly JobStatus[];
export const activeJobStatuses = jobStatuses.filter(
  (s) => !(terminalJobStatuses as readonly JobStatus[]).includes(s),
);

export const attemptStatuses = [
  "starting",
  "running",
  "unknown",
  "succeeded",
  "failed",
  "preempted",
  "cancelled",
  "fenced",
] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];

/** Why a status changed. `reasonTable` (reason.ts) says what each one means for retry and wording. */
export const jobReasons = [
  "waiting-for-worker",
  "preparing-environment",
  "retrying",
  "exit-code",
  "killed-by-signal",
  "out-of-memory",
  "timeout",
  "disk-quota",
  "preempted",
  "silent",
  "lost",
  "start-refused",
  "environment-failed",
  "input-unavailable",
  "output-invalid",
  "cancelled-by-member",
  "attempts-exhausted",
  "cost-limit",
  "fenced",
] as const;
export type JobReason = (typeof jobReasons)[number];
