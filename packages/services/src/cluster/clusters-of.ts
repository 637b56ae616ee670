import type { ClusterManager } from "@preceptor/compute";
import { DomainError, type ComputeTarget } from "@preceptor/domain";
import { reachTarget, type ReachContext } from "../compute-target/target.ts";

/** `invalid` for a target whose provider has no clusters of ours to manage. */
export async function clustersOf(
  ctx: ReachContext,
  name: string,
): Promise<{ target: ComputeTarget; clusters: ClusterManager }> {
  const { target, provider } = await reachTarget(ctx, name);
  const { clusters } = provider.capabilities;
  if (!clusters)
    throw new DomainError(
      "invalid",
      `${name} is a ${target.provider} target: it has no clusters.`,
      {
        field: "target",
      },
    );
  return { target, clusters };
}
