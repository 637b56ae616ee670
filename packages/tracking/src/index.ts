export { type Point } from "./point.ts";
export { ingestOf, type Batch, type Ingest } from "./ingest.ts";
export { readHistory, readLatest, readMarks, readMetricsAt, readRun } from "./read.ts";
export { downsample } from "./downsample.ts";
export { logSystemReadings, type SystemReadings } from "./system.ts";
export {
  ensureExperiment,
  listExperiments,
  loadRun,
  readParams,
  readTags,
  updateRun,
  writeParams,
  writeTags,
  type Experiment,
  type Pair,
  type Run,
} from "./run.ts";
export { inOrganization } from "./scope.ts";
