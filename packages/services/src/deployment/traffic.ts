import { isDeepStrictEqual } from "node:util";
import { deployment, model, modelVersion, trafficChange } from "@preceptor/db";
import { trafficNow, type SharingDeployment, type TrafficShare } from "@preceptor/domain";
import { and, asc, eq, notInArray, or } from "drizzle-orm";
import { actorOf } from "../access/authorise.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { reloadRoutes, tellChanged, wakeWorker } from "../notify.ts";

/** The deployments of a purpose that have not ended, as shares are decided on; one more by its id, even if it has. */
export async function sharingOf(
  tx: Transaction,
  purpose: string,
  also = "",
): Promise<SharingDeployment[]> {
  const rows = await tx
    .select({ deployment, name: model.name, version: modelVersion.version })
    .from(deployment)
    .innerJoin(modelVersion, eq(modelVersion.id, deployment.modelVersionId))
    .innerJoin(model, eq(model.id, modelVersion.modelId))
    .where(
      and(
        eq(deployment.purpose, purpose),
        or(notInArray(deployment.status, ["stopped", "failed"]), eq(deployment.id, also)),
      ),
    )
    .orderBy(asc(deployment.createdAt), asc(deployment.id));
  return rows.map((row) => sharing(row.deployment, `${row.name}@${row.version}`));
}

export const sharing = (
  row: typeof deployment.$inferSelect,
  modelName: string,
): SharingDeployment => ({
  id: row.id,
  model: modelName,
  stage: row.stage,
  desired: row.desired,
  status: row.status,
  routed: row.routed,
  share: row.share,
  mirror: row.mirror,
  healthyAt: row.healthyAt,
});

/**
 * Does what may change who answers a purpose, whose lock the caller holds. If the split is another one after it, that is written
 * down with its reason, the gateway reads its routes again, and the worker brings the endpoints' own split after it.
 */
export async function changingTraffic<T>(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller" | "now">,
  purpose: string,
  reason: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = trafficNow(await sharingOf(tx, purpose));
  const done = await work();
  const after = trafficNow(await sharingOf(tx, purpose));
  if (isDeepStrictEqual(before, after)) return done;
  const { organizationId } = ctx.caller;
  await tx.insert(trafficChange).values({
    organizationId,
    purpose,
    at: ctx.now(),
    byName: actorOf(ctx.caller).name,
    reason,
    before,
    after,
  });
  await tx
    .update(deployment)
    .set({ dueAt: ctx.now() })
    .where(and(eq(deployment.purpose, purpose), eq(deployment.routed, true)));
  await wakeWorker(tx);
  await reloadRoutes(tx);
  for (const id of partakers(before, after))
    await tellChanged(tx, organizationId, "deployment", id);
  return done;
}

const partakers = (...splits: readonly (readonly TrafficShare[])[]): Set<string> =>
  new Set(splits.flat().map(({ deploymentId }) => deploymentId));
