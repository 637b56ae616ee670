import type {
  AttemptStatus,
  Checkpoint,
  DeploymentStatus,
  Evaluation,
  GateOutcome,
  JobStatus,
  PromotionStatus,
} from "@preceptor/domain";

/** active is blue and moves, waiting is grey, done is green, failed is red, unknown is amber. */
export type Tone = "active" | "waiting" | "done" | "failed" | "unknown" | "ended";
export type Status =
  | JobStatus
  | AttemptStatus
  | DeploymentStatus
  | PromotionStatus
  | GateOutcome
  | Evaluation["status"]
  | Checkpoint["state"]
  | TargetState;

/** Of a compute target and of its clusters. */
type TargetState = "answering" | "unreachable" | "creating" | "ready" | "resizing" | "deleting";

/** One word and one tone for every state there is: a new state does not compile until it has them. */
export const statusVocabulary: Record<Status, { word: string; tone: Tone }> = {
  queued: { word: "Queued", tone: "waiting" },
  pending: { word: "Pending", tone: "waiting" },
  open: { word: "Open", tone: "waiting" },
  "not-run": { word: "Not run", tone: "waiting" },
  starting: { word: "Starting", tone: "active" },
  running: { word: "Running", tone: "active" },
  finalizing: { word: "Finalizing", tone: "active" },
  cancelling: { word: "Cancelling", tone: "active" },
  stopping: { word: "Stopping", tone: "active" },
  creating: { word: "Creating", tone: "active" },
  resizing: { word: "Resizing", tone: "active" },
  deleting: { word: "Deleting", tone: "active" },
  succeeded: { word: "Succeeded", tone: "done" },
  complete: { word: "Complete", tone: "done" },
  ready: { word: "Ready", tone: "done" },
  answering: { word: "Answers", tone: "done" },
  healthy: { word: "Healthy", tone: "done" },
  approved: { word: "Approved", tone: "done" },
  committed: { word: "Committed", tone: "done" },
  pass: { word: "Pass", tone: "done" },
  failed: { word: "Failed", tone: "failed" },
  fail: { word: "Fail", tone: "failed" },
  refused: { word: "Refused", tone: "failed" },
  rejected: { word: "Rejected", tone: "failed" },
  revoked: { word: "Revoked", tone: "failed" },
  unknown: { word: "Unknown", tone: "unknown" },
  unreachable: { word: "Not reachable", tone: "unknown" },
  unhealthy: { word: "Unhealthy", tone: "unknown" },
  insufficient: { word: "Insufficient", tone: "unknown" },
  preempted: { word: "Preempted", tone: "unknown" },
  fenced: { word: "Fenced off", tone: "ended" },
  cancelled: { word: "Cancelled", tone: "ended" },
  removed: { word: "Removed", tone: "ended" },
  withdrawn: { word: "Withdrawn", tone: "ended" },
  voided: { word: "Voided", tone: "ended" },
  stopped: { word: "Stopped", tone: "ended" },
};

const known = (status: string): status is Status => Object.hasOwn(statusVocabulary, status);
export const describeStatus = (status: string): { word: string; tone: Tone } =>
  known(status) ? statusVocabulary[status] : { word: status, tone: "ended" };
