import type { Problem } from "@preceptor/compute";
import { DomainError, type CheckComputeTarget } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import { asking } from "./asking.ts";
import { reachTarget, type ReachContext } from "./target.ts";

/**
 * Everything that would keep a job from starting there and can be known without starting one; empty when nothing would. A target this
 * server cannot reach at all is a problem like the others.
 */
export async function checkComputeTarget(
  ctx: ReachContext,
  input: CheckComputeTarget,
): Promise<readonly Problem[]> {
  authorise(ctx.caller, "compute-target:read");
  try {
    const { target, provider } = await reachTarget(ctx, input.target);
    const { preflight } = provider.capabilities;
    const nodes = input.nodes ?? target.settings.maxNodes;
    const { instanceType, image } = input;
    // What names a machine or an image asks for a job, and a job that names no tier is for dedicated machines.
    const named = instanceType !== undefined || image !== undefined;
    const tier = input.tier ?? (named ? "dedicated" : undefined);
    const wanted = { nodes, tier, instanceType, image };
    return preflight ? await asking(ctx, target, () => preflight.check(wanted)) : [];
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "unavailable") throw error;
    return [{ kind: "unreachable", message: error.message }];
  }
}
