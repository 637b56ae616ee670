import { evaluationStatuses, type DefineEvaluationSuite } from "@preceptor/domain";
import {
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { createdAt, id, instant, oneOf, organizationId } from "./columns.ts";
import { job } from "./job.ts";
import { modelVersion } from "./model.ts";

export const evaluationSuite = pgTable(
  "evaluation_suite",
  {
    id: id(),
    organizationId: organizationId(),
    name: text().notNull(),
    version: integer().notNull(),
    definition: jsonb().$type<DefineEvaluationSuite>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("evaluation_suite_version").on(t.organizationId, t.name, t.version)],
);
export const evaluation = pgTable(
  "evaluation",
  {
    id: id(),
    organizationId: organizationId(),
    suiteId: text()
      .notNull()
      .references(() => evaluationSuite.id),
    modelVersionId: text()
      .notNull()
      .references(() => modelVersion.id),
    testDatasetVersionId: text().notNull(),
    jobId: text()
      .notNull()
      .references(() => job.id)
      .unique(),
    status: text().$type<(typeof evaluationStatuses)[number]>().notNull(),
    refusal: text(),
    mean: doublePrecision(),
    lower: doublePrecision(),
    upper: doublePrecision(),
    n: integer(),
    clusters: integer(),
    /** Of the bootstrap, so that the interval can be computed again. */
    seed: integer().notNull(),
    digest: text(),
    /** The harness's own report without any text: configuration, versions, task hashes. */
    report: jsonb(),
    createdAt: createdAt(),
    completedAt: instant(),
  },
  (t) => [
    index("evaluation_model").on(t.modelVersionId, t.suiteId),
    oneOf("evaluation_status", t.status, evaluationStatuses),
  ],
);
/** One score an item: hashes and a number, never text. */
export const evaluationItem = pgTable(
  "evaluation_item",
  {
    organizationId: organizationId(),
    evaluationId: text()
      .notNull()
      .references(() => evaluation.id, { onDelete: "cascade" }),
    itemHash: text().notNull(),
    clusterHash: text().notNull(),
    value: doublePrecision().notNull(),
  },
  (t) => [primaryKey({ columns: [t.evaluationId, t.itemHash] })],
);
