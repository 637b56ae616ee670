import { deployment, modelVersion, promotion } from "@preceptor/db";
import { DomainError, type Deployment, type RollBackDeployment } from "@preceptor/domain";
import { and, desc, eq, gt, isNotNull, ne } from "drizzle-orm";
import { authorise, memberOf } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { transaction } from "../transaction.ts";
import { openDeployment } from "./open.ts";
import { permitFor } from "./permit-for.ts";
import { lockPurpose, routedOf } from "./purpose.ts";
import { changingTraffic } from "./traffic.ts";
import { deploymentById } from "./view.ts";

/**
 * Serves again what served the purpose before, under its own approval, if that still holds. If it still runs, it has everything back at
 * once: the split is as it was before the one serving now had any of it. Otherwise a new deployment of it is opened, and the one
 * serving now keeps the route until that is healthy.
 */
export async function rollBackDeployment(
  ctx: ServiceContext,
  input: RollBackDeployment,
): Promise<Deployment> {
  authorise(ctx.caller, "deployment:roll-back");
  const member = memberOf(ctx.caller);
  return transaction(ctx, async (tx) => {
    await lockPurpose(tx, member.organizationId, input.purpose);
    const now = await routedOf(tx, input.purpose);
    const former = await formerOf(tx, input.purpose, now?.modelVersionId ?? null, ctx.now());
    const id = isReady(former)
      ? await giveBack(tx, ctx, former, now, input.reason)
      : await openDeployment(tx, ctx, {
          promotionId: former.promotionId,
          modelVersionId: former.modelVersionId,
          computeTargetId: former.computeTargetId,
          purpose: input.purpose,
          stage: former.stage,
          share: 100,
          by: { id: member.userId, name: member.name },
        });
    const opened = await deploymentById(tx, id);
    await record(tx, ctx, {
      action: "deployment.roll-back",
      noun: "deployment",
      nounId: id,
      before: now && { id: now.id, modelVersionId: now.modelVersionId },
      after: { ...opened, reason: input.reason },
      evidence: opened.model.digest,
    });
    return opened;
  });
}

type Row = typeof deployment.$inferSelect;

const isReady = ({ desired, status }: Row): boolean =>
  desired === "serving" && status === "healthy";

async function giveBack(
  tx: Transaction,
  ctx: ServiceContext,
  former: Row,
  now: Row | null,
  reason: string,
): Promise<string> {
  const permit = await permitFor(tx, ctx, former.id);
  if (!permit.ok)
    throw new DomainError("conflict", `What served before may not serve any more: ${permit.why}.`);
  await changingTraffic(tx, ctx, former.purpose, `Rolled back: ${reason}`, async () => {
    if (now)
      await tx.update(deployment).set({ routed: false, share: 0 }).where(eq(deployment.id, now.id));
    await tx
      .update(deployment)
      .set({ routed: true, share: 100, mirror: 0, routedAt: ctx.now() })
      .where(eq(deployment.id, former.id));
  });
  return former.id;
}

async function formerOf(
  tx: Transaction,
  purpose: string,
  servingModelVersionId: string | null,
  now: Date,
): Promise<Row> {
  const [found] = await tx
    .select({ deployment })
    .from(deployment)
    .innerJoin(promotion, eq(promotion.id, deployment.promotionId))
    .innerJoin(modelVersion, eq(modelVersion.id, deployment.modelVersionId))
    .where(
      and(
        eq(deployment.purpose, purpose),
        ne(deployment.stage, "shadow"),
        isNotNull(deployment.routedAt),
        eq(promotion.status, "approved"),
        gt(promotion.expiresAt, now),
        servingModelVersionId === null ? undefined : ne(modelVersion.id, servingModelVersionId),
      ),
    )
    .orderBy(desc(deployment.routedAt), desc(deployment.id))
    .limit(1);
  if (!found)
    throw new DomainError(
      "conflict",
      `No other model has served ${purpose} under an approval that still holds.`,
      { field: "purpose" },
    );
  return found.deployment;
}
