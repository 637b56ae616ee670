export * from "./read-metrics.ts";
export * from "./list-metric-keys.ts";
export * from "./newest-marks.ts";
export * from "./log-batch.ts";
export * from "./get-run.ts";
export * from "./update-run.ts";
export * from "./get-history.ts";
export * from "./experiments.ts";
export { readMetricsAt } from "@preceptor/tracking";
