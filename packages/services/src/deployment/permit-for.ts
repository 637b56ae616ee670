import { deployment, modelVersion, policy, promotion } from "@preceptor/db";
import type { ServingPermit } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";
import { permitOf } from "./permit.ts";

/** Whether the signed decision allows this deployment to serve now. */
export async function permitFor(
  tx: Transaction,
  ctx: Pick<ServiceContext, "signer" | "now">,
  id: string,
): Promise<ServingPermit> {
  const [row] = await tx
    .select({ deployment, files: modelVersion.files, promotion, policy })
    .from(deployment)
    .innerJoin(modelVersion, eq(modelVersion.id, deployment.modelVersionId))
    .innerJoin(promotion, eq(promotion.id, deployment.promotionId))
    .innerJoin(policy, eq(policy.id, promotion.policyId))
    .where(eq(deployment.id, id));
  if (!row) return { ok: false, why: "there is no such deployment" };
  const { organizationId, purpose, stage } = row.deployment;
  return permitOf(ctx, {
    organizationId,
    purpose,
    stage,
    files: row.files,
    promotionStatus: row.promotion.status,
    approvals: row.policy.definition.approvals,
    decision: row.promotion.decision,
  });
}
