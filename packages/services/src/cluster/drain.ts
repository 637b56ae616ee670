import type { Cluster } from "@preceptor/compute";
import { ClusterOfTarget } from "@preceptor/domain";
import { changeCluster, type ClusterContext } from "./change.ts";

/** No node is kept without work and none is started; what runs there goes on to its end. */
export async function drainCluster(ctx: ClusterContext, input: ClusterOfTarget): Promise<Cluster> {
  const { target, cluster } = ClusterOfTarget.parse(input);
  return changeCluster(ctx, { target, cluster, verb: "drain" }, (clusters) =>
    clusters.drain(cluster),
  );
}
