import { computeTarget, deployment, model, modelVersion } from "@preceptor/db";
import { DomainError, type Deployment } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";

export const selectDeployments = (tx: Transaction) =>
  tx
    .select({
      deployment,
      target: computeTarget.name,
      model: {
        id: modelVersion.id,
        name: model.name,
        version: modelVersion.version,
        digest: modelVersion.digest,
      },
    })
    .from(deployment)
    .innerJoin(computeTarget, eq(computeTarget.id, deployment.computeTargetId))
    .innerJoin(modelVersion, eq(modelVersion.id, deployment.modelVersionId))
    .innerJoin(model, eq(model.id, modelVersion.modelId))
    .$dynamic();
export type DeploymentRow = Awaited<ReturnType<typeof selectDeployments>>[number];

/** Without its endpoint and token: those are the gateway's alone. */
export function showDeployment({ deployment: d, target, model }: DeploymentRow): Deployment {
  return {
    id: d.id,
    purpose: d.purpose,
    stage: d.stage,
    model,
    promotionId: d.promotionId,
    target,
    desired: d.desired,
    status: d.status,
    message: d.message,
    routed: d.routed,
    share: d.share,
    mirror: d.mirror,
    previousDeploymentId: d.previousDeploymentId,
    createdBy: { id: d.createdBy, name: d.createdByName },
    createdAt: d.createdAt,
    healthyAt: d.healthyAt,
    routedAt: d.routedAt,
    endedAt: d.endedAt,
  };
}

export async function deploymentById(tx: Transaction, id: string): Promise<Deployment> {
  const [row] = await selectDeployments(tx).where(eq(deployment.id, id));
  if (!row) throw new DomainError("not-found", "There is no such deployment.");
  return showDeployment(row);
}
