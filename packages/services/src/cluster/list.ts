import type { Cluster } from "@preceptor/compute";
import type { TargetName } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import { asking } from "../compute-target/asking.ts";
import type { ReachContext } from "../compute-target/target.ts";
import { clustersOf } from "./clusters-of.ts";

/** As the provider has them now. */
export async function listClusters(
  ctx: ReachContext,
  input: TargetName,
): Promise<readonly Cluster[]> {
  authorise(ctx.caller, "compute-target:read");
  const { target, clusters } = await clustersOf(ctx, input.target);
  return asking(ctx, target, () => clusters.list());
}
