import type { Cluster } from "@preceptor/compute";
import { ResizeCluster } from "@preceptor/domain";
import { changeCluster, type ClusterContext } from "./change.ts";

export async function resizeCluster(ctx: ClusterContext, input: ResizeCluster): Promise<Cluster> {
  const { target, cluster, ...wanted } = ResizeCluster.parse(input);
  return changeCluster(ctx, { target, cluster, verb: "resize", wanted }, (clusters) =>
    clusters.resize(cluster, wanted),
  );
}
