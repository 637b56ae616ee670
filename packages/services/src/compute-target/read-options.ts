import type { LaunchOptions } from "@preceptor/compute";
import { tiers, type TargetName, type Tier } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import { asking } from "./asking.ts";
import { reachTarget, type ReachContext } from "./target.ts";

export interface TargetOptions extends LaunchOptions {
  readonly tiers: readonly Tier[];
}

/** What may be chosen on this target; null where its provider leaves no choice. */
export async function readOptions(
  ctx: ReachContext,
  input: TargetName,
): Promise<TargetOptions | null> {
  authorise(ctx.caller, "compute-target:read");
  const { target, provider } = await reachTarget(ctx, input.target);
  const { options } = provider.capabilities;
  return options ? { tiers, ...(await asking(ctx, target, () => options.options())) } : null;
}
