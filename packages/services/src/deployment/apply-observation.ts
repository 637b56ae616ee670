import { isDeepStrictEqual } from "node:util";
import { deployment } from "@preceptor/db";
import type { DeploymentPlan, DeploymentStatus, EndpointAccess } from "@preceptor/domain";
import type { ServingHandle } from "@preceptor/serving";
import { and, eq, sql } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { reloadRoutes, tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { lockPurpose, routedOf } from "./purpose.ts";
import { wantStopped } from "./want-stopped.ts";

export interface ApplyDeploymentObservation {
  readonly deploymentId: string;
  readonly leaseToken: number;
  /** The status the plan was made from: if the row says another by now, nothing is written. */
  readonly from: DeploymentStatus;
  readonly plan: Pick<DeploymentPlan, "status" | "message">;
  readonly handle?: ServingHandle;
  readonly reached?: {
    readonly endpoint: string;
    readonly access: EndpointAccess;
  };
}
/** Answers under way at the former may end before it is stopped. */
const DRAIN_MS = 5000;
type Row = typeof deployment.$inferSelect;

/**
 * Writes what the worker saw; false when its lease is over or somebody else moved the row on. A first healthy answer moves the
 * route in this one transaction: the former loses it and is stopped, this one gets it.
 */
export async function applyDeploymentObservation(
  ctx: ServiceContext,
  input: ApplyDeploymentObservation,
): Promise<boolean> {
  authoriseSystem(ctx.caller);
  return transaction(ctx, async (tx) => {
    const before = await lockHeld(tx, ctx, input);
    if (!before) return false;
    const changes = changesOf(before, input, ctx.now());
    const [after] = await tx
      .update(deployment)
      .set(changes)
      .where(eq(deployment.id, before.id))
      .returning();
    if (!after) return false;
    const routed = after.status === "healthy" && (await takeRoute(tx, ctx, after));
    const moved =
      before.endpoint !== after.endpoint ||
      !isDeepStrictEqual(before.endpointAccess, after.endpointAccess);
    if (routed || (before.routed && (moved || !after.routed))) await reloadRoutes(tx);
    if (before.status !== after.status || routed) {
      await record(tx, ctx, {
        action: `deployment.${routed ? "route" : after.status}`,
        noun: "deployment",
        nounId: after.id,
        before: { status: before.status, routed: before.routed },
        after: { status: after.status, routed: after.routed || routed, message: after.message },
      });
    }
    if (before.status !== after.status || before.message !== after.message || routed)
      await tellChanged(tx, after.organizationId, "deployment", after.id);
    return true;
  });
}

/** The row, if this worker still holds it. The purpose is locked before the row: every verb takes the two in this order. */
async function lockHeld(
  tx: Transaction,
  ctx: ServiceContext,
  input: ApplyDeploymentObservation,
): Promise<Row | null> {
  const [seen] = await tx
    .select({ purpose: deployment.purpose })
    .from(deployment)
    .where(eq(deployment.id, input.deploymentId));
  if (!seen) return null;
  await lockPurpose(tx, ctx.caller.organizationId, seen.purpose);
  const [row] = await tx
    .select()
    .from(deployment)
    .where(
      and(
        eq(deployment.id, input.deploymentId),
        eq(deployment.leaseToken, input.leaseToken),
        eq(deployment.status, input.from),
        sql`${deployment.leaseExpiresAt} > now()`,
      ),
    )
    .for("update");
  return row ?? null;
}

function changesOf(before: Row, input: ApplyDeploymentObservation, now: Date): Partial<Row> {
  const { status, message } = input.plan;
  const ended = status === "stopped" || status === "failed";
  return {
    status,
    // Why it was asked to stop is worth more than that it stopped.
    message: message ?? (before.desired === "stopped" ? before.message : null),
    ...(input.handle === undefined
      ? {}
      : { handle: { ...input.handle, data: { ...input.handle.data } } }),
    ...(input.reached === undefined
      ? {}
      : {
          endpoint: input.reached.endpoint,
          endpointAccess: input.reached.access,
        }),
    ...(status === "healthy" && before.healthyAt === null ? { healthyAt: now } : {}),
    ...(ended ? { endedAt: now, routed: false, endpoint: null, endpointAccess: null } : {}),
  };
}

/** A shadow is watched, not routed; and one that is no longer wanted gets no route. */
async function takeRoute(tx: Transaction, ctx: ServiceContext, row: Row): Promise<boolean> {
  if (row.routed || row.desired !== "serving" || row.stage === "shadow") return false;
  const former = await routedOf(tx, row.purpose);
  if (former)
    await wantStopped(tx, ctx, { id: former.id }, "Another deployment took its place.", DRAIN_MS);
  await tx.update(deployment).set({ routed: true }).where(eq(deployment.id, row.id));
  return true;
}
