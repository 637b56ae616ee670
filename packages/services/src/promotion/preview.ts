import type { Dossier, RequestPromotion } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { modelVersionByReference } from "../model/view.ts";
import { reading } from "../transaction.ts";
import { assembleDossier } from "./assemble-dossier.ts";
import { policyByReference } from "./policy.ts";

/** The dossier a request made now would freeze; nothing is written. */
export async function previewPromotion(
  ctx: ServiceContext,
  input: RequestPromotion,
): Promise<Dossier> {
  authorise(ctx.caller, "promotion:request");
  return reading(ctx, async (tx) => {
    const model = await modelVersionByReference(tx, input.model);
    const policy = await policyByReference(tx, input.policy);
    return assembleDossier(tx, { model, policy, asked: input });
  });
}
