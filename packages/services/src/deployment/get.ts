import type { Deployment } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { deploymentById } from "./view.ts";

export async function getDeployment(
  ctx: ServiceContext,
  input: { readonly id: string },
): Promise<Deployment> {
  authorise(ctx.caller, "deployment:read");
  return reading(ctx, (tx) => deploymentById(tx, input.id));
}
