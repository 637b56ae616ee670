import { deployment, modelVersion, promotion } from "@preceptor/db";
import { DomainError, type Deployment, type RollBackDeployment } from "@preceptor/domain";
import { and, desc, eq, gt, isNotNull, ne } from "drizzle-orm";
import { authorise, memberOf } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { transaction } from "../transaction.ts";
import { openDeployment } from "./open.ts";
import { lockPurpose, routedOf } from "./purpose.ts";
import { deploymentById } from "./view.ts";

/**
 * Serves again what served the purpose before: a new deployment of the model that was healthy last, under its own approval, if that
 * still holds. The one serving now keeps the route until the new one is healthy.
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
    const id = await openDeployment(tx, ctx, {
      promotionId: former.promotionId,
      modelVersionId: former.modelVersionId,
      computeTargetId: former.computeTargetId,
      purpose: input.purpose,
      stage: former.stage,
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

async function formerOf(
  tx: Transaction,
  purpose: string,
  servingModelVersionId: string | null,
  now: Date,
): Promise<typeof deployment.$inferSelect> {
  const [found] = await tx
    .select({ deployment })
    .from(deployment)
    .innerJoin(promotion, eq(promotion.id, deployment.promotionId))
    .innerJoin(modelVersion, eq(modelVersion.id, deployment.modelVersionId))
    .where(
      and(
        eq(deployment.purpose, purpose),
        ne(deployment.stage, "shadow"),
        isNotNull(deployment.healthyAt),
        eq(promotion.status, "approved"),
        gt(promotion.expiresAt, now),
        servingModelVersionId === null ? undefined : ne(modelVersion.id, servingModelVersionId),
      ),
    )
    .orderBy(desc(deployment.healthyAt), desc(deployment.id))
    .limit(1);
  if (!found)
    throw new DomainError(
      "conflict",
      `No other model has served ${purpose} under an approval that still holds.`,
      { field: "purpose" },
    );
  return found.deployment;
}
