export { createLogger, type Logger, type LoggerOptions } from "./logger.ts";
export { mayReadMetrics, type MetricsAsked } from "./metrics-door.ts";
export { createMetrics, type Metrics } from "./metrics.ts";
