import { deployment, model, modelVersion, promotion, type Database } from "@preceptor/db";
import type { EndpointAccess, Stage } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { acrossOrganizations } from "../transaction.ts";

/** A row's claim that a deployment answers for a purpose. Whoever routes by it checks `decision` first. */
export interface RoutedDeployment {
  readonly organizationId: string;
  readonly deploymentId: string;
  readonly promotionId: string;
  readonly purpose: string;
  readonly stage: Stage;
  readonly model: {
    readonly versionId: string;
    readonly name: string;
    readonly version: number;
    readonly digest: string;
  };
  /** null while its server has not answered yet. */
  readonly endpoint: string | null;
  /** null while the worker has not said how the endpoint is asked. */
  readonly access: EndpointAccess | null;
  /** DSSE envelope, unverified. */
  readonly decision: unknown;
  readonly createdAt: Date;
}

/** Every organization's routed deployments whose promotion stands: the gateway's whole table. */
export function readRoutes(db: Database): Promise<RoutedDeployment[]> {
  return acrossOrganizations(db, (tx) =>
    tx
      .select({
        organizationId: deployment.organizationId,
        deploymentId: deployment.id,
        promotionId: promotion.id,
        purpose: deployment.purpose,
        stage: deployment.stage,
        model: {
          versionId: modelVersion.id,
          name: model.name,
          version: modelVersion.version,
          digest: modelVersion.digest,
        },
        endpoint: deployment.endpoint,
        access: deployment.endpointAccess,
        decision: promotion.decision,
        createdAt: deployment.createdAt,
      })
      .from(deployment)
      .innerJoin(promotion, eq(promotion.id, deployment.promotionId))
      .innerJoin(modelVersion, eq(modelVersion.id, deployment.modelVersionId))
      .innerJoin(model, eq(model.id, modelVersion.modelId))
      .where(
        and(
          eq(deployment.routed, true),
          eq(deployment.desired, "serving"),
          eq(promotion.status, "approved"),
        ),
      )
      .orderBy(deployment.organizationId, deployment.purpose),
  );
}
