import {
  promotionStatuses,
  stages,
  voteMeanings,
  type DefinePolicy,
  type Dossier,
  type PromotionStatus,
  type Stage,
} from "@preceptor/domain";
import { sql } from "drizzle-orm";
import {
  check,
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
import { modelVersion } from "./model.ts";

export const policy = pgTable(
  "policy",
  {
    id: id(),
    organizationId: organizationId(),
    name: text().notNull(),
    version: integer().notNull(),
    digest: text().notNull(),
    definition: jsonb().$type<DefinePolicy>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("policy_version").on(t.organizationId, t.name, t.version)],
);
export const promotion = pgTable(
  "promotion",
  {
    id: id(),
    organizationId: organizationId(),
    modelVersionId: text()
      .notNull()
      .references(() => modelVersion.id),
    policyId: text()
      .notNull()
      .references(() => policy.id),
    computeTargetId: text()
      .notNull()
      .references(() => computeTarget.id),
    purpose: text().notNull(),
    stage: text().$type<Stage>().notNull(),
    status: text().$type<PromotionStatus>().notNull().default("open"),
    dossier: jsonb().$type<Dossier>().notNull(),
    dossierDigest: text().notNull(),
    /** Percentage of the purpose's requests its deployment begins with. */
    openingShare: integer().notNull().default(100),
    requestedBy: text().notNull(),
    requestedByName: text().notNull(),
    requestedAt: createdAt(),
    decidedAt: instant(),
    expiresAt: instant(),
    /** The signed decision (DSSE envelope); serving verifies this, not the status column. */
    decision: jsonb(),
  },
  (t) => [
    index("promotion_page").on(t.organizationId, t.requestedAt.desc(), t.id.desc()),
    check("promotion_opening_share", sql`${t.openingShare} between 0 and 100`),
    oneOf("promotion_status", t.status, promotionStatuses),
    oneOf("promotion_stage", t.stage, stages),
  ],
);
/** Members who may not vote on it: the requester and everyone who trained it or its ancestors. A trigger on `vote` reads this. */
export const promotionExclusion = pgTable(
  "promotion_exclusion",
  {
    organizationId: organizationId(),
    promotionId: text()
      .notNull()
      .references(() => promotion.id),
    userId: text().notNull(),
    why: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.promotionId, t.userId] })],
);
export const vote = pgTable(
  "vote",
  {
    id: id(),
    organizationId: organizationId(),
    promotionId: text()
      .notNull()
      .references(() => promotion.id),
    userId: text().notNull(),
    printedName: text().notNull(),
    decision: text().$type<"approve" | "reject">().notNull(),
    meaning: text().$type<(typeof voteMeanings)[number]>().notNull(),
    reason: text().notNull(),
    method: text().$type<"password" | "passkey">().notNull(),
    dossierDigest: text().notNull(),
    policyVersion: integer().notNull(),
    /** The signed statement (DSSE envelope) and its digest. */
    statement: jsonb().notNull(),
    statementDigest: text().notNull(),
    castAt: createdAt(),
  },
  (t) => [
    unique("vote_once").on(t.promotionId, t.userId),
    oneOf("vote_decision", t.decision, ["approve", "reject"]),
    oneOf("vote_meaning", t.meaning, voteMeanings),
    oneOf("vote_method", t.method, ["password", "passkey"]),
  ],
);
