import type { LaunchOptions, MachineOption } from "@preceptor/compute";
import { findPrice, pricesOf, type NodePrice, type TargetName } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import { asking } from "./asking.ts";
import { reachTarget, type ReachContext } from "./target.ts";

export interface TargetOptions extends Omit<LaunchOptions, "machines"> {
  readonly machines: readonly (MachineOption & { readonly price: NodePrice | null })[];
}

/** What may be chosen on this target, with what its provider says of it now; null where there is no choice. */
export async function readOptions(
  ctx: ReachContext,
  input: TargetName,
): Promise<TargetOptions | null> {
  authorise(ctx.caller, "compute-target:read");
  const { target, provider } = await reachTarget(ctx, input.target);
  const { options } = provider.capabilities;
  if (!options) return null;
  const { machines, ...offered } = await asking(ctx, target, () => options.options());
  const prices = pricesOf(target.settings);
  return {
    ...offered,
    machines: machines.map((machine) => ({
      ...machine,
      price: findPrice(prices, machine.instanceType, machine.tier),
    })),
  };
}
