import type { FileEntry, TensorSummary } from "@preceptor/domain";
import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { attempt } from "./attempt.ts";
import { bytes, createdAt, id, oneOf, organizationId } from "./columns.ts";
import { job } from "./job.ts";

export const checkpoint = pgTable(
  "checkpoint",
  {
    id: id(),
    organizationId: organizationId(),
    jobId: text()
      .notNull()
      .references(() => job.id),
    attemptId: text()
      .notNull()
      .references(() => attempt.id),
    name: text().notNull(),
    kind: text().$type<"step" | "final">().notNull(),
    step: integer(),
    digest: text().notNull(),
    sizeBytes: bytes().notNull(),
    files: jsonb().$type<FileEntry[]>().notNull(),
    tensors: jsonb().$type<TensorSummary>(),
    metrics: jsonb().$type<Record<string, number>>().notNull(),
    state: text().$type<"committed" | "refused">().notNull(),
    refusal: text(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("checkpoint_digest").on(t.jobId, t.name, t.digest),
    index("checkpoint_job").on(t.jobId, t.createdAt),
    oneOf("checkpoint_state", t.state, ["committed", "refused"]),
    oneOf("checkpoint_kind", t.kind, ["step", "final"]),
  ],
);
