import { deployment, model, modelVersion, promotion, type Database } from "@preceptor/db";
import type { EndpointAccess, Stage } from "@preceptor/domain";
import { and, between, eq, gt, or } from "drizzle-orm";
import { acrossOrganizations } from "../transaction.ts";

/** A row's claim that a deployment answers for a purpose, or a part of its requests, or gets copies of them. Whoever routes by it checks `decision` first. */
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
  /** Answers whatever the others have no share of. */
  readonly routed: boolean;
  readonly percent: number;
  readonly mirrorPercent: number;
}

/** Every organization's deployments that requests go to and whose promotion stands: the gateway's whole table. Of those that are not routed only the healthy. */
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
        routed: deployment.routed,
        percent: deployment.share,
        mirrorPercent: deployment.mirror,
      })
      .from(deployment)
      .innerJoin(promotion, eq(promotion.id, deployment.promotionId))
      .innerJoin(modelVersion, eq(modelVersion.id, deployment.modelVersionId))
      .innerJoin(model, eq(model.id, modelVersion.modelId))
      .where(
        and(
          or(
            eq(deployment.routed, true),
            and(
              eq(deployment.status, "healthy"),
              or(between(deployment.share, 1, 99), gt(deployment.mirror, 0)),
            ),
          ),
          eq(deployment.desired, "serving"),
          eq(promotion.status, "approved"),
        ),
      )
      .orderBy(deployment.organizationId, deployment.purpose),
  );
}
