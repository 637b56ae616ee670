import {
  deploymentStatuses,
  stages,
  type DeploymentStatus,
  type EndpointAccess,
  type Stage,
} from "@preceptor/domain";
import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  bigserial,
} from "drizzle-orm/pg-core";
import { createdAt, id, instant, oneOf, organizationId } from "./columns.ts";
import { computeTarget } from "./compute-target.ts";
import { modelVersion } from "./model.ts";
import { promotion } from "./promotion.ts";

export const deployment = pgTable(
  "deployment",
  {
    id: id(),
    organizationId: organizationId(),
    purpose: text().notNull(),
    stage: text().$type<Stage>().notNull(),
    modelVersionId: text()
      .notNull()
      .references(() => modelVersion.id),
    promotionId: text()
      .notNull()
      .references(() => promotion.id),
    computeTargetId: text()
      .notNull()
      .references(() => computeTarget.id),
    desired: text().$type<"serving" | "stopped">().notNull(),
    status: text().$type<DeploymentStatus>().notNull().default("pending"),
    message: text(),
    routed: boolean().notNull().default(false),
    endpoint: text(),
    /** Where the gateway finds what the endpoint wants of it, and the headers that name this deployment. Never a secret. */
    endpointAccess: jsonb().$type<EndpointAccess>(),
    handle: jsonb().$type<{
      provider: string;
      deploymentId: string;
      data: Record<string, string>;
    }>(),
    previousDeploymentId: text(),
    createdBy: text().notNull(),
    createdByName: text().notNull(),
    createdAt: createdAt(),
    healthyAt: instant(),
    endedAt: instant(),
    dueAt: instant().notNull().defaultNow(),
    leaseOwner: text(),
    leaseToken: integer().notNull().default(0),
    leaseExpiresAt: instant(),
  },
  (t) => [
    uniqueIndex("deployment_routed_once")
      .on(t.organizationId, t.purpose)
      .where(sql`${t.routed}`),
    index("deployment_due")
      .on(t.dueAt)
      .where(sql`${t.status} not in ('stopped', 'failed')`),
    oneOf("deployment_status", t.status, deploymentStatuses),
    oneOf("deployment_stage", t.stage, stages),
    oneOf("deployment_desired", t.desired, ["serving", "stopped"]),
  ],
);
/** One answered request at the gateway: who, which model, how much. Never text. */
export const servedRequest = pgTable(
  "served_request",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    organizationId: organizationId(),
    keyId: text().notNull(),
    deploymentId: text().notNull(),
    modelVersionId: text().notNull(),
    at: instant().notNull(),
    promptTokens: integer(),
    completionTokens: integer(),
    latencyMs: integer().notNull(),
    status: integer().notNull(),
  },
  (t) => [index("served_request_at").on(t.organizationId, t.at)],
);
