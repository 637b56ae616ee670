import { isDeepStrictEqual } from "node:util";
import { deployment } from "@preceptor/db";
import {
  whyShareIsLost,
  type DeploymentPlan,
  type DeploymentStatus,
  type EndpointAccess,
} from "@preceptor/domain";
import type { ServingHandle } from "@preceptor/serving";
import { and, eq, sql } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { reloadRoutes, tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { lockPurpose } from "./purpose.ts";
import { changingTraffic, sharing } from "./traffic.ts";
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
    const lost = whyShareIsLost(sharing(before, ""), input.plan.status);
    const write = async () => {
      const [after] = await tx
        .update(deployment)
        .set({ ...changesOf(before, input, ctx.now()), ...(lost ? { share: 0, mirror: 0 } : {}) })
        .where(eq(deployment.id, before.id))
        .returning();
      if (!after) return null;
      const routed = after.status === "healthy" && (await takeRoute(tx, ctx, after));
      return { after, routed };
    };
    // Who answers changes with a status only: looks that change nothing do not ask.
    const written =
      before.status === input.plan.status
        ? await write()
        : await changingTraffic(tx, ctx, before.purpose, reasonOf(lost, input), write);
    if (!written) return false;
    const { after, routed } = written;
    const moved =
      before.endpoint !== after.endpoint ||
      !isDeepStrictEqual(before.endpointAccess, after.endpointAccess);
    if (routed || (before.routed && (moved || !after.routed))) await reloadRoutes(tx);
    if (before.status !== after.status || routed) {
      await record(tx, ctx, {
        action: `deployment.${routed ? "route" : after.status}`,
        noun: "deployment",
        nounId: after.id,
        before: sharesIn(before),
        after: { ...sharesIn(after), routed: after.routed || routed, message: after.message },
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
    ...(ended
      ? {
          endedAt: now,
          routed: false,
          share: 0,
          mirror: 0,
          endpoint: null,
          endpointAccess: null,
        }
      : {}),
  };
}

const sharesIn = ({ status, routed, share, mirror }: Row) => ({ status, routed, share, mirror });

const reasonOf = (lost: string | null, { plan }: ApplyDeploymentObservation): string => {
  if (lost) return plan.message ? `${lost} ${plan.message}` : lost;
  return plan.status === "healthy" ? "It answers its health check." : `It is ${plan.status}.`;
};

/** A shadow and a canary are watched, not routed; and one that is no longer wanted gets no route. */
async function takeRoute(tx: Transaction, ctx: ServiceContext, row: Row): Promise<boolean> {
  const meant = row.share === 100 && row.stage !== "shadow";
  if (row.routed || row.desired !== "serving" || !meant) return false;
  const { id, purpose, createdAt } = row;
  await wantStopped(
    tx,
    ctx,
    { formerOf: { id, purpose, createdAt } },
    "Another deployment took its place.",
    DRAIN_MS,
  );
  await tx
    .update(deployment)
    .set({ routed: true, routedAt: ctx.now() })
    .where(eq(deployment.id, id));
  return true;
}
