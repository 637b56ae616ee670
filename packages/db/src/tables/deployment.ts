import {
  deploymentStatuses,
  servedKinds,
  stages,
  type DeploymentStatus,
  type EndpointAccess,
  type ServedKind,
  type Stage,
  type TrafficShare,
} from "@preceptor/domain";
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
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
    /** Percentage of its purpose's requests it is to have once it is healthy; 100 is the route. */
    share: integer().notNull().default(100),
    /** Percentage of requests it gets a copy of. */
    mirror: integer().notNull().default(0),
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
    /** When it got the route last. */
    routedAt: instant(),
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
    uniqueIndex("deployment_canary_once")
      .on(t.organizationId, t.purpose)
      .where(sql`${t.share} between 1 and 99`),
    uniqueIndex("deployment_mirror_once")
      .on(t.organizationId, t.purpose)
      .where(sql`${t.mirror} > 0`),
    check(
      "deployment_share",
      sql`${t.share} between 0 and 100 and (${t.share} = 100 or not ${t.routed})`,
    ),
    check(
      "deployment_mirror",
      sql`${t.mirror} between 0 and 50 and (${t.mirror} = 0 or ${t.share} = 0)`,
    ),
    index("deployment_due")
      .on(t.dueAt)
      .where(sql`${t.status} not in ('stopped', 'failed')`),
    oneOf("deployment_status", t.status, deploymentStatuses),
    oneOf("deployment_stage", t.stage, stages),
    oneOf("deployment_desired", t.desired, ["serving", "stopped"]),
  ],
);
/** Who answers a purpose's requests changed: why, by whom, and the split before and after. */
export const trafficChange = pgTable(
  "traffic_change",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    organizationId: organizationId(),
    purpose: text().notNull(),
    at: instant().notNull(),
    byName: text().notNull(),
    reason: text().notNull(),
    before: jsonb().$type<readonly TrafficShare[]>().notNull(),
    after: jsonb().$type<readonly TrafficShare[]>().notNull(),
  },
  (t) => [index("traffic_change_page").on(t.organizationId, t.purpose, t.id.desc())],
);
/** One request that reached a model at the gateway: who, which model, how much. Never text. */
export const servedRequest = pgTable(
  "served_request",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    organizationId: organizationId(),
    /** Only what was answered is somebody's usage: copies and tries that another answered instead have no key. */
    kind: text().$type<ServedKind>().notNull().default("answered"),
    keyId: text(),
    deploymentId: text().notNull(),
    modelVersionId: text().notNull(),
    at: instant().notNull(),
    promptTokens: integer(),
    completionTokens: integer(),
    latencyMs: integer().notNull(),
    status: integer().notNull(),
  },
  (t) => [
    index("served_request_at").on(t.organizationId, t.at),
    oneOf("served_request_kind", t.kind, servedKinds),
    check("served_request_key", sql`(${t.kind} = 'answered') = (${t.keyId} is not null)`),
  ],
);
