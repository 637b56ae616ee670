import type { Promotion } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { promotionById } from "./view.ts";

export async function getPromotion(
  ctx: ServiceContext,
  input: { readonly id: string },
): Promise<Promotion> {
  authorise(ctx.caller, "promotion:read");
  return reading(ctx, (tx) => promotionById(tx, input.id, ctx.caller));
}
