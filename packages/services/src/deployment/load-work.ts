import { computeTarget, deployment, modelVersion, policy, promotion, recipe } from "@preceptor/db";
import {
  DomainError,
  type DeploymentStatus,
  type ComputeTarget,
  type FileEntry,
  type RecipeDefinition,
  type ServingPermit,
} from "@preceptor/domain";
import type { ServingHandle } from "@preceptor/serving";
import { desc, eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { reading } from "../transaction.ts";
import { handleOf } from "./handle.ts";
import { permitOf } from "./permit.ts";
import { wantedTraffic, type TrafficPartWanted } from "./routed-traffic.ts";

/** What the worker needs to know of one deployment, its permission included. */
export interface DeploymentWork {
  readonly id: string;
  readonly organizationId: string;
  readonly purpose: string;
  readonly desired: "serving" | "stopped";
  readonly status: DeploymentStatus;
  readonly handle: ServingHandle | null;
  readonly target: Pick<ComputeTarget, "id" | "provider" | "settings">;
  readonly modelDigest: string;
  readonly files: readonly FileEntry[];
  readonly permit: ServingPermit;
  /** For the routed one: the split its place is to have itself, its own part first. Empty for the others. */
  readonly traffic: readonly TrafficPartWanted[];
  /** The organization's newest recipe that serves; null where it has none. */
  readonly runtime: {
    readonly definition: RecipeDefinition;
    readonly files: readonly FileEntry[];
  } | null;
}

const SERVE_RECIPE = "openai-serve";

export async function loadDeploymentWork(ctx: ServiceContext, id: string): Promise<DeploymentWork> {
  authoriseSystem(ctx.caller);
  return reading(ctx, async (tx) => {
    const [row] = await tx
      .select({ deployment, modelVersion, promotion, policy, target: computeTarget })
      .from(deployment)
      .innerJoin(modelVersion, eq(modelVersion.id, deployment.modelVersionId))
      .innerJoin(promotion, eq(promotion.id, deployment.promotionId))
      .innerJoin(policy, eq(policy.id, promotion.policyId))
      .innerJoin(computeTarget, eq(computeTarget.id, deployment.computeTargetId))
      .where(eq(deployment.id, id));
    if (!row) throw new DomainError("not-found", "There is no such deployment.");
    const { purpose, stage, desired, status, organizationId, handle } = row.deployment;
    const { files, digest } = row.modelVersion;
    return {
      id,
      organizationId,
      purpose,
      desired,
      status,
      handle: handleOf(handle),
      target: {
        id: row.target.id,
        provider: row.target.provider,
        settings: row.target.settings,
      },
      modelDigest: digest,
      files,
      permit: permitOf(ctx, {
        organizationId,
        purpose,
        stage,
        files,
        promotionStatus: row.promotion.status,
        approvals: row.policy.definition.approvals,
        decision: row.promotion.decision,
      }),
      traffic: row.deployment.routed ? await wantedTraffic(tx, row.deployment) : [],
      runtime: await runtimeOf(tx),
    };
  });
}

async function runtimeOf(tx: Transaction): Promise<DeploymentWork["runtime"]> {
  const [found] = await tx
    .select({ definition: recipe.definition, files: recipe.files })
    .from(recipe)
    .where(eq(recipe.name, SERVE_RECIPE))
    .orderBy(desc(recipe.version))
    .limit(1);
  return found ?? null;
}
