import { ClusterOfTarget } from "@preceptor/domain";
import { changeCluster, type ClusterContext } from "./change.ts";

/** Refused while work runs on it; succeeds when it is already gone. */
export async function removeCluster(ctx: ClusterContext, input: ClusterOfTarget): Promise<void> {
  const { target, cluster } = ClusterOfTarget.parse(input);
  return changeCluster(ctx, { target, cluster, verb: "remove" }, (clusters) =>
    clusters.remove(cluster),
  );
}
