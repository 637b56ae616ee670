import {
  ClusterOfTarget,
  CreateCluster,
  ResizeCluster,
  TargetName,
  type Tier,
} from "@preceptor/domain";
import * as service from "@preceptor/services";
import { member, router } from "../trpc.ts";

export interface Cluster {
  readonly name: string;
  readonly instanceType: string;
  readonly tier: Tier;
  readonly minNodes: number;
  readonly maxNodes: number;
  readonly idleSeconds: number;
  readonly state: "creating" | "ready" | "resizing" | "deleting" | "failed";
  readonly nodes: Readonly<
    Record<"idle" | "running" | "preparing" | "leaving" | "unusable" | "preempted", number>
  >;
  readonly subnet: string | null;
  readonly identity: string | null;
  readonly problems: readonly string[];
}

export const clusterRouter = router({
  list: member
    .input(TargetName)
    .query(({ ctx, input }): Promise<readonly Cluster[]> => service.listClusters(ctx.verb, input)),
  create: member
    .input(CreateCluster)
    .mutation(({ ctx, input }): Promise<Cluster> => service.createCluster(ctx.verb, input)),
  resize: member
    .input(ResizeCluster)
    .mutation(({ ctx, input }): Promise<Cluster> => service.resizeCluster(ctx.verb, input)),
  drain: member
    .input(ClusterOfTarget)
    .mutation(({ ctx, input }): Promise<Cluster> => service.drainCluster(ctx.verb, input)),
  remove: member
    .input(ClusterOfTarget)
    .mutation(({ ctx, input }): Promise<void> => service.removeCluster(ctx.verb, input)),
});
