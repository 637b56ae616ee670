import {
  attemptStatuses,
  jobReasons,
  type AttemptProcess,
  type AttemptStatus,
  type JobReason,
} from "@preceptor/domain";
import { integer, jsonb, pgTable, text, unique, index } from "drizzle-orm/pg-core";
import { createdAt, id, instant, oneOf, organizationId } from "./columns.ts";
import { job } from "./job.ts";

export const attempt = pgTable(
  "attempt",
  {
    id: id(),
    organizationId: organizationId(),
    jobId: text()
      .notNull()
      .references(() => job.id),
    number: integer().notNull(),
    /** Grows with every attempt of the job; writes with a smaller one than the job's newest are refused. */
    fencingToken: integer().notNull(),
    status: text().$type<AttemptStatus>().notNull(),
    reason: text().$type<JobReason>(),
    message: text(),
    /** sha256 of the attempt's bearer token; the token itself is only in the process's environment. */
    tokenHash: text().notNull(),
    tokenExpiresAt: instant().notNull(),
    /** sha256 of the ticket its processes may exchange for that token, where their environment is readable by others. */
    ticketHash: text(),
    /** Which rank has exchanged it, and by which sha256 of a nonce it may ask again. */
    exchanges: jsonb()
      .$type<Record<string, { nonceHash: string; at: string }>>()
      .notNull()
      .default({}),
    handle: jsonb().$type<{ provider: string; attemptId: string; data: Record<string, string> }>(),
    processes: jsonb().$type<AttemptProcess[]>().notNull().default([]),
    resumedFromCheckpointId: text(),
    createdAt: createdAt(),
    preparedAt: instant(),
    startedAt: instant(),
    lastObservedAt: instant(),
    endedAt: instant(),
  },
  (t) => [
    unique("attempt_number").on(t.jobId, t.number),
    index("attempt_token").on(t.tokenHash),
    index("attempt_ticket").on(t.ticketHash),
    oneOf("attempt_status", t.status, attemptStatuses),
    oneOf("attempt_reason", t.reason, jobReasons),
  ],
);
