import { deployment } from "@preceptor/db";
import type { Stage } from "@preceptor/domain";
import type { ServiceContext, Transaction } from "../context.ts";
import { tellChanged, wakeWorker } from "../notify.ts";
import { lockPurpose, routedOf } from "./purpose.ts";
import { wantStopped } from "./want-stopped.ts";

export interface OpenDeployment {
  readonly promotionId: string;
  readonly modelVersionId: string;
  readonly computeTargetId: string;
  readonly purpose: string;
  readonly stage: Stage;
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
  if (input.stage !== "shadow")
    await wantStopped(tx, ctx, { waitingFor: input.purpose }, "A newer deployment overtook it.");
  const id = ctx.newId("deployment");
  await tx.insert(deployment).values({
    ...input,
    id,
    organizationId,
    desired: "serving",
    previousDeploymentId: (await routedOf(tx, input.purpose))?.id ?? null,
    createdBy: by.id,
    createdByName: by.name,
    createdAt: ctx.now(),
    dueAt: ctx.now(),
  });
  await wakeWorker(tx);
  await tellChanged(tx, organizationId, "deployment", id);
  return id;
}
