import { servedRequest, trafficChange } from "@preceptor/db";
import {
  trafficNow,
  type PurposeTraffic,
  type ReadTraffic,
  type ServedFigures,
  type ServedKind,
  type TrafficChange,
  type TrafficOfDeployment,
} from "@preceptor/domain";
import { and, desc, eq, gt, inArray, sql } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { reading } from "../transaction.ts";
import { sharingOf } from "./traffic.ts";

const HOUR_MS = 3_600_000;
const MOST_CHANGES = 20;

/** Who answers a purpose's requests now, how each did in the last hour, and how the split came to be. */
export async function readTraffic(
  ctx: ServiceContext,
  { purpose }: ReadTraffic,
): Promise<PurposeTraffic> {
  authorise(ctx.caller, "deployment:read");
  return reading(ctx, async (tx) => {
    const running = await sharingOf(tx, purpose);
    const split = new Map(trafficNow(running).map((one) => [one.deploymentId, one]));
    const since = new Date(ctx.now().getTime() - HOUR_MS);
    const ids = running.map(({ id }) => id);
    const figures = await figuresOf(tx, ctx.caller.organizationId, ids, since);
    const deployments = running.map((one): TrafficOfDeployment => {
      const of = (kind: ServedKind): ServedFigures => figures.get(`${one.id} ${kind}`) ?? none;
      const now = split.get(one.id);
      return {
        deploymentId: one.id,
        model: one.model,
        routed: one.routed,
        percent: now?.percent ?? 0,
        mirrorPercent: now?.mirrorPercent ?? 0,
        stage: one.stage,
        status: one.status,
        desired: one.desired,
        wantedPercent: one.share,
        wantedMirrorPercent: one.mirror,
        lastHour: {
          answered: of("answered"),
          mirrored: of("mirrored"),
          passedOn: of("passed-on").requests,
        },
      };
    });
    return {
      purpose,
      deployments: deployments.toSorted((a, b) => b.percent - a.percent),
      changes: await changesOf(tx, purpose),
    };
  });
}

const none: ServedFigures = { requests: 0, errors: 0, latencyMs: null };

async function figuresOf(
  tx: Transaction,
  organizationId: string,
  ids: readonly string[],
  since: Date,
): Promise<Map<string, ServedFigures>> {
  if (ids.length === 0) return new Map();
  const quantile = (of: number) =>
    sql<number>`percentile_cont(${of}::float8) within group (order by ${servedRequest.latencyMs})`;
  const rows = await tx
    .select({
      id: servedRequest.deploymentId,
      kind: servedRequest.kind,
      requests: sql<number>`count(*)::int`,
      errors: sql<number>`(count(*) filter (where ${servedRequest.status} >= 500))::int`,
      median: quantile(0.5),
      p95: quantile(0.95),
    })
    .from(servedRequest)
    .where(
      and(
        eq(servedRequest.organizationId, organizationId),
        gt(servedRequest.at, since),
        inArray(servedRequest.deploymentId, [...ids]),
      ),
    )
    .groupBy(servedRequest.deploymentId, servedRequest.kind);
  return new Map(
    rows.map(({ id, kind, requests, errors, median, p95 }) => [
      `${id} ${kind}`,
      { requests, errors, latencyMs: { median: Math.round(median), p95: Math.round(p95) } },
    ]),
  );
}

async function changesOf(tx: Transaction, purpose: string): Promise<TrafficChange[]> {
  const rows = await tx
    .select()
    .from(trafficChange)
    .where(eq(trafficChange.purpose, purpose))
    .orderBy(desc(trafficChange.id))
    .limit(MOST_CHANGES);
  return rows.map(({ id, at, byName, reason, before, after }) => ({
    id: String(id),
    at,
    by: byName,
    reason,
    before,
    after,
  }));
}
