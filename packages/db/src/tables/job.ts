import {
  jobKinds,
  jobReasons,
  jobStatuses,
  type JobKind,
  type JobReason,
  type JobSpec,
  type JobStatus,
  type NodePrice,
} from "@preceptor/domain";
import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { createdAt, id, instant, oneOf, organizationId } from "./columns.ts";
import { computeTarget } from "./compute-target.ts";
import { recipe } from "./recipe.ts";

export const job = pgTable(
  "job",
  {
    id: id(),
    organizationId: organizationId(),
    name: text().notNull(),
    kind: text().$type<JobKind>().notNull(),
    status: text().$type<JobStatus>().notNull().default("queued"),
    reason: text().$type<JobReason>(),
    message: text(),
    spec: jsonb().$type<JobSpec>().notNull(),
    specDigest: text().notNull(),
    /** Parameters with the recipe's defaults filled in. */
    parameters: jsonb().$type<Record<string, number | string | boolean>>().notNull(),
    idempotencyKey: text().notNull(),
    recipeId: text().references(() => recipe.id),
    computeTargetId: text()
      .notNull()
      .references(() => computeTarget.id),
    /** The metric store's run, 32 hex; made with the job, so every attempt logs to the same one. */
    runId: text().notNull().unique(),
    maxAttempts: integer().notNull(),
    attemptCount: integer().notNull().default(0),
    cancelRequested: boolean().notNull().default(false),
    outputModelVersionId: text(),
    /** Of one node and hour as it was when the job was accepted; null where its target had none. */
    price: jsonb().$type<NodePrice>(),
    submittedBy: text().notNull(),
    submittedByName: text().notNull(),
    createdAt: createdAt(),
    startedAt: instant(),
    endedAt: instant(),
    /** The lease: a worker holds the row until then; every write names the token. */
    dueAt: instant().notNull().defaultNow(),
    leaseOwner: text(),
    leaseToken: integer().notNull().default(0),
    leaseExpiresAt: instant(),
  },
  (t) => [
    unique("job_idempotency").on(t.organizationId, t.idempotencyKey),
    index("job_due")
      .on(t.dueAt)
      .where(sql`${t.status} not in ('succeeded', 'failed', 'cancelled')`),
    index("job_page").on(t.organizationId, t.createdAt.desc(), t.id.desc()),
    index("job_name_page").on(t.organizationId, t.name, t.id),
    index("job_status_page").on(t.organizationId, t.status, t.createdAt.desc(), t.id.desc()),
    oneOf("job_status", t.status, jobStatuses),
    oneOf("job_kind", t.kind, jobKinds),
    oneOf("job_reason", t.reason, jobReasons),
  ],
);
/** What a job reads, resolved at submission: the edges of lineage. */
export const jobInput = pgTable(
  "job_input",
  {
    organizationId: organizationId(),
    jobId: text()
      .notNull()
      .references(() => job.id),
    name: text().notNull(),
    reference: text().notNull(),
    datasetVersionId: text(),
    split: text(),
    modelVersionId: text(),
    digest: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.name] }),
    index("job_input_dataset").on(t.datasetVersionId),
    index("job_input_model").on(t.modelVersionId),
  ],
);
