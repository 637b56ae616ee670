import type { Cluster } from "@preceptor/compute";
import { CreateCluster } from "@preceptor/domain";
import { changeCluster, type ClusterContext } from "./change.ts";

/** Returns once the provider has accepted it; its nodes come and go by themselves between the two bounds. */
export async function createCluster(ctx: ClusterContext, input: CreateCluster): Promise<Cluster> {
  const { target, cluster, ...wanted } = CreateCluster.parse(input);
  return changeCluster(ctx, { target, cluster, verb: "create", wanted }, (clusters) =>
    clusters.create({ name: cluster, ...wanted }),
  );
}
