import type { CapacityReader } from "@preceptor/compute";
import type { TargetName } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import { asking } from "./asking.ts";
import { reachTarget, type ReachContext } from "./target.ts";

export type Capacity = Awaited<ReturnType<CapacityReader["capacity"]>>;

/** What the place has and runs now; null where its provider does not say. */
export async function readCapacity(ctx: ReachContext, input: TargetName): Promise<Capacity | null> {
  authorise(ctx.caller, "compute-target:read");
  const { target, provider } = await reachTarget(ctx, input.target);
  const { capacity } = provider.capabilities;
  return capacity ? asking(ctx, target, () => capacity.capacity()) : null;
}
