import type { Quota } from "@preceptor/compute";
import type { TargetName } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import { asking } from "./asking.ts";
import { reachTarget, type ReachContext } from "./target.ts";

/** How much of each kind of machine may be used at once; null where the provider has no such limits. */
export async function readQuotas(
  ctx: ReachContext,
  input: TargetName,
): Promise<readonly Quota[] | null> {
  authorise(ctx.caller, "compute-target:read");
  const { target, provider } = await reachTarget(ctx, input.target);
  const { quotas } = provider.capabilities;
  return quotas ? asking(ctx, target, () => quotas.quotas()) : null;
}
