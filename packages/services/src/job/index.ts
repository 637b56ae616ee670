export { abandonJob } from "./abandon.ts";
export { abandonedAttempts, closeAbandoned, type Abandoned } from "./abandoned.ts";
export { acceptJob, type Submitter } from "./accept.ts";
export { applyObservation } from "./apply-observation.ts";
export { cancelJob } from "./cancel.ts";
export { failJob } from "./fail-job.ts";
export { getJob } from "./get.ts";
export { listJobs } from "./list.ts";
export { prepareAttempt, type PreparedAttempt } from "./prepare-attempt.ts";
export { recordHandle } from "./record-handle.ts";
export {
  applySurvey,
  busyTargets,
  finishSurvey,
  loadSurveyed,
  type SurveyedJob,
  type BusyTarget,
} from "./survey/index.ts";
export { submitJob } from "./submit.ts";
export { tellWaiting } from "./tell-waiting.ts";
export { validateJob, type JobValidation } from "./validate.ts";
export { watchJob, type WatchedAttempt, type WatchedJob } from "./watched.ts";
export { receiveCodeFile } from "./receive-code-file.ts";
