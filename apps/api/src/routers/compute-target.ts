import {
  CheckComputeTarget,
  DefineComputeTarget,
  TargetName,
  type ComputeTarget,
  type NodePrice,
  type Tier,
} from "@preceptor/domain";
import * as service from "@preceptor/services";
import { member, router } from "../trpc.ts";

/** What the place has and runs now. */
export interface TargetCapacity {
  readonly cpuCores: number;
  readonly memoryBytes: number;
  readonly freeDiskBytes: number;
  readonly gpus: number;
  readonly running: number;
}
/** Since when the place says nothing of any of its attempts, and what reaching it came to. */
export interface TargetSilence {
  readonly since: Date;
  readonly attempts: number;
  readonly message: string | null;
}
export interface TargetProblem {
  readonly kind: string;
  /** What is wrong and what to do about it. */
  readonly message: string;
}
export interface TargetQuota {
  readonly family: string;
  readonly limit: number;
  readonly used: number;
  readonly unit: "cores" | "nodes" | "count";
}
export interface MachineSize {
  readonly family: string;
  readonly cpuCores: number;
  readonly memoryBytes: number;
  readonly gpus: number;
}
export interface LaunchOptions {
  /** The default first, of both. */
  readonly images: readonly string[];
  readonly machines: readonly {
    readonly instanceType: string;
    readonly tier: Tier;
    /** null where a machine is started for a job alone. */
    readonly cluster: string | null;
    readonly size: MachineSize | null;
    /** Nodes a job could have at once now; null where there is no limit. */
    readonly freeNodes: number | null;
    readonly problem: string | null;
    readonly price: NodePrice | null;
  }[];
  /** What a cluster may be made of. */
  readonly instanceTypes: readonly (MachineSize & { readonly name: string })[];
}

export const computeTargetRouter = router({
  list: member.query(({ ctx }): Promise<ComputeTarget[]> => service.listComputeTargets(ctx.verb)),
  get: member
    .input(TargetName)
    .query(({ ctx, input }): Promise<ComputeTarget & { silence: TargetSilence | null }> =>
      service.getComputeTarget(ctx.verb, input),
    ),
  define: member
    .input(DefineComputeTarget)
    .mutation(({ ctx, input }): Promise<ComputeTarget> =>
      service.defineComputeTarget(ctx.verb, input),
    ),
  remove: member
    .input(TargetName)
    .mutation(({ ctx, input }): Promise<void> => service.removeComputeTarget(ctx.verb, input)),
  check: member
    .input(CheckComputeTarget)
    .query(({ ctx, input }): Promise<readonly TargetProblem[]> =>
      service.checkComputeTarget(ctx.verb, input),
    ),
  capacity: member
    .input(TargetName)
    .query(({ ctx, input }): Promise<TargetCapacity | null> =>
      service.readCapacity(ctx.verb, input),
    ),
  quotas: member
    .input(TargetName)
    .query(({ ctx, input }): Promise<readonly TargetQuota[] | null> =>
      service.readQuotas(ctx.verb, input),
    ),
  options: member
    .input(TargetName)
    .query(({ ctx, input }): Promise<LaunchOptions | null> => service.readOptions(ctx.verb, input)),
});
