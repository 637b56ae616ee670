import type { ComputeTarget, TargetName } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { silentTargets, type TargetSilence } from "./silence.ts";
import { loadTarget } from "./target.ts";

/** `silence`: since when none of its attempts was heard of; null while it answers, or has none. */
export async function getComputeTarget(
  ctx: Pick<ServiceContext, "db" | "caller" | "now">,
  { target: name }: TargetName,
): Promise<ComputeTarget & { readonly silence: TargetSilence | null }> {
  authorise(ctx.caller, "compute-target:read");
  return reading(ctx, async (tx) => {
    const target = await loadTarget(tx, ctx.caller.organizationId, name);
    const silent = await silentTargets(tx, ctx.now(), target.id);
    return { ...target, silence: silent.get(name) ?? null };
  });
}
