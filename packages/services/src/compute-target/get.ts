import type { ComputeTarget, TargetName } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { loadTarget } from "./target.ts";

export async function getComputeTarget(
  ctx: Pick<ServiceContext, "db" | "caller">,
  { target }: TargetName,
): Promise<ComputeTarget> {
  authorise(ctx.caller, "compute-target:read");
  return reading(ctx, (tx) => loadTarget(tx, ctx.caller.organizationId, target));
}
