import {
  checkpointStates,
  type CheckpointState,
  type FileEntry,
  type TensorSummary,
} from "@preceptor/domain";
import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { attempt } from "./attempt.ts";
import { bytes, createdAt, id, instant, oneOf, organizationId } from "./columns.ts";
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
    state: text().$type<CheckpointState>().notNull(),
    refusal: text(),
    /** Why retention removed it, and when; its row stays, so that lineage is whole. */
    removal: text(),
    removedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("checkpoint_digest").on(t.jobId, t.name, t.digest),
    index("checkpoint_job").on(t.jobId, t.createdAt),
    oneOf("checkpoint_state", t.state, checkpointStates),
    oneOf("checkpoint_kind", t.kind, ["step", "final"]),
  ],
);
