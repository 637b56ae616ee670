import type { Evaluation } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { evaluationById } from "./view.ts";

export async function getEvaluation(
  ctx: ServiceContext,
  input: { readonly id: string },
): Promise<Evaluation> {
  authorise(ctx.caller, "evaluation:read");
  return reading(ctx, (tx) => evaluationById(tx, input.id));
}
