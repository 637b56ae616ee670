import type { ComputeTarget } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { member, router } from "../trpc.ts";

export interface ComputeTargetNow extends ComputeTarget {
  /** What the place has and runs now; null where it cannot say. */
  readonly capacity: {
    cpuCores: number;
    memoryBytes: number;
    freeDiskBytes: number;
    gpus: number;
    running: number;
  } | null;
}

export const computeTargetRouter = router({
  list: member.query(({ ctx }): Promise<ComputeTargetNow[]> =>
    service.listComputeTargets(ctx.verb),
  ),
});
