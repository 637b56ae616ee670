import type { FileEntry, TensorSummary } from "@preceptor/domain";
import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { checkpoint } from "./checkpoint.ts";
import { bytes, createdAt, id, organizationId } from "./columns.ts";
import { job } from "./job.ts";

export const model = pgTable(
  "model",
  { id: id(), organizationId: organizationId(), name: text().notNull(), createdAt: createdAt() },
  (t) => [unique("model_name").on(t.organizationId, t.name)],
);
export const modelVersion = pgTable(
  "model_version",
  {
    id: id(),
    organizationId: organizationId(),
    modelId: text()
      .notNull()
      .references(() => model.id),
    version: integer().notNull(),
    description: text().notNull(),
    digest: text().notNull(),
    checkpointId: text()
      .notNull()
      .references(() => checkpoint.id),
    jobId: text()
      .notNull()
      .references(() => job.id),
    files: jsonb().$type<FileEntry[]>().notNull(),
    sizeBytes: bytes().notNull(),
    tensors: jsonb().$type<TensorSummary>(),
    createdBy: text().notNull(),
    createdByName: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("model_version_number").on(t.modelId, t.version),
    index("model_version_job").on(t.jobId),
    index("model_version_digest").on(t.organizationId, t.digest),
  ],
);
