import { deployment, modelVersion, promotion } from "@preceptor/db";
import {
  DomainError,
  trafficNow,
  type Deployment,
  type RollBackDeployment,
} from "@preceptor/domain";
import { and, desc, eq, gt, isNotNull, ne, sql } from "drizzle-orm";
import { authorise, memberOf } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { transaction } from "../transaction.ts";
import { openDeployment } from "./open.ts";
import { permitFor } from "./permit-for.ts";
import { lockPurpose, routedOf } from "./purpose.ts";
import { changingTraffic, sharingOf } from "./traffic.ts";
import { deploymentById } from "./view.ts";

/**
 * Takes the newest step back. Where a canary answers a part, that is the step: the routed one has everything back, and nobody else's turn
 * comes up. Otherwise what served the purpose before serves again, under its own approval, if that still holds. If it still runs, it has
 * everything at once, whoever had a part; else a new deployment of it is opened, and the one serving now keeps the route until that is healthy.
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
    if (now && (await aCanaryAnswers(tx, now))) {
      await changingTraffic(tx, ctx, input.purpose, `Rolled back: ${input.reason}`, () =>
        endCanary(tx, input.purpose),
      );
      return written(tx, ctx, now.id, now, input.reason);
    }
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
    return written(tx, ctx, id, now, input.reason);
  });
}

type Row = typeof deployment.$inferSelect;

async function written(
  tx: Transaction,
  ctx: ServiceContext,
  id: string,
  before: Row | null,
  reason: string,
): Promise<Deployment> {
  const after = await deploymentById(tx, id);
  await record(tx, ctx, {
    action: "deployment.roll-back",
    noun: "deployment",
    nounId: id,
    before: before && { id: before.id, modelVersionId: before.modelVersionId },
    after: { ...after, reason },
    evidence: after.model.digest,
  });
  return after;
}

const aCanaryAnswers = async (tx: Transaction, { id, purpose }: Row): Promise<boolean> =>
  trafficNow(await sharingOf(tx, purpose)).some(
    ({ deploymentId, percent }) => deploymentId !== id && percent > 0,
  );

/** It goes on running without requests, like a former: whoever finds out why may want to ask it. */
const endCanary = (tx: Transaction, purpose: string) =>
  tx
    .update(deployment)
    .set({ share: 0 })
    .where(and(eq(deployment.purpose, purpose), sql`${deployment.share} between 1 and 99`));

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
    await endCanary(tx, former.purpose);
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
