import {
  bigint,
  bigserial,
  customType,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { createdAt, instant, organizationId } from "./columns.ts";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A run of the metric store: one a job. Params and tags as MLflow means them. */
export const run = pgTable("run", {
  id: text().primaryKey(),
  organizationId: organizationId(),
  experimentId: text().notNull(),
  jobId: text(),
  name: text().notNull(),
  status: text().notNull().default("RUNNING"),
  lifecycle: text().$type<"active" | "deleted">().notNull().default("active"),
  userId: text().notNull(),
  startedAt: instant(),
  endedAt: instant(),
});
export const experiment = pgTable(
  "experiment",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    organizationId: organizationId(),
    name: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("experiment_name").on(t.organizationId, t.name)],
);
export const runParam = pgTable(
  "run_param",
  {
    organizationId: organizationId(),
    runId: text().notNull(),
    key: text().notNull(),
    value: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.key] })],
);
export const runTag = pgTable(
  "run_tag",
  {
    organizationId: organizationId(),
    runId: text().notNull(),
    key: text().notNull(),
    value: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.key] })],
);
export const metricSeries = pgTable(
  "metric_series",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    organizationId: organizationId(),
    runId: text().notNull(),
    key: text().notNull(),
  },
  (t) => [unique("metric_series_key").on(t.runId, t.key)],
);
/** Append-only, written by group commit: the durable truth at the moment of the reply. */
export const metricSegment = pgTable(
  "metric_segment",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    organizationId: organizationId(),
    runId: text().notNull(),
    points: integer().notNull(),
    data: bytea().notNull(),
    writtenAt: createdAt(),
  },
  (t) => [index("metric_segment_run").on(t.runId, t.id)],
);
/** Greatest (step, timestamp, value) of a series. */
export const metricLatest = pgTable("metric_latest", {
  seriesId: bigint({ mode: "number" }).primaryKey(),
  organizationId: organizationId(),
  step: bigint({ mode: "bigint" }).notNull(),
  timestampMs: bigint({ mode: "number" }).notNull(),
  value: doublePrecision().notNull(),
});
