import { deployment } from "@preceptor/db";
import { openingShare, type Stage } from "@preceptor/domain";
import { and, eq, sql } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";
import { tellChanged, wakeWorker } from "../notify.ts";
import { lockPurpose, routedOf } from "./purpose.ts";
import { changingTraffic } from "./traffic.ts";
import { wantStopped } from "./want-stopped.ts";

export interface OpenDeployment {
  readonly promotionId: string;
  readonly modelVersionId: string;
  readonly computeTargetId: string;
  readonly purpose: string;
  readonly stage: Stage;
  /** Percentage of the purpose's requests it is to begin with. */
  readonly share: number;
  readonly by: { readonly id: string; readonly name: string };
}

/** Asks for a model to be served, inside the transaction of the decision that allows it; the worker does the rest. */
export async function openDeployment(
  tx: Transaction,
  ctx: ServiceContext,
  { by, ...input }: OpenDeployment,
): Promise<string> {
  const { organizationId } = ctx.caller;
  await lockPurpose(tx, organizationId, input.purpose);
  const id = ctx.newId("deployment");
  const former = await routedOf(tx, input.purpose);
  const share = openingShare(input.stage, input.share, former !== null);
  if (input.stage !== "shadow") await overtake(tx, ctx, input.purpose, share);
  if (share > 0 && share < 100) await takeBackCanary(tx, ctx, input.purpose);
  await tx.insert(deployment).values({
    ...input,
    share,
    id,
    organizationId,
    desired: "serving",
    previousDeploymentId: former?.id ?? null,
    createdBy: by.id,
    createdByName: by.name,
    createdAt: ctx.now(),
    dueAt: ctx.now(),
  });
  await wakeWorker(tx);
  await tellChanged(tx, organizationId, "deployment", id);
  return id;
}

/** A purpose has one canary: the newer begins, the older is kept without requests until somebody decides about it. */
const takeBackCanary = (tx: Transaction, ctx: ServiceContext, purpose: string) =>
  changingTraffic(tx, ctx, purpose, "A newer model begins with a share of its own.", () =>
    tx
      .update(deployment)
      .set({ share: 0 })
      .where(and(eq(deployment.purpose, purpose), sql`${deployment.share} between 1 and 99`)),
  );

/** Of those that never answered only the newest is still wanted. One that waits for the route, as in a roll-back, yields to the route alone. */
async function overtake(
  tx: Transaction,
  ctx: ServiceContext,
  purpose: string,
  share: number,
): Promise<void> {
  const why = "A newer deployment overtook it.";
  if (share === 100) await wantStopped(tx, ctx, { waitingFor: purpose }, why);
  await wantStopped(tx, ctx, { neverAnswered: purpose }, why);
}
