import { promotion } from "@preceptor/db";
import { DomainError, type Promotion } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { lockPromotion } from "./lock.ts";
import { promotionById } from "./view.ts";

/** Takes an open request back; its votes stay on record and decide nothing. */
export async function withdrawPromotion(
  ctx: ServiceContext,
  input: { readonly id: string },
): Promise<Promotion> {
  authorise(ctx.caller, "promotion:withdraw");
  return transaction(ctx, async (tx) => {
    const row = await lockPromotion(tx, input.id);
    if (row.status !== "open") throw new DomainError("conflict", `The promotion is ${row.status}.`);
    await tx
      .update(promotion)
      .set({ status: "withdrawn", decidedAt: ctx.now() })
      .where(eq(promotion.id, row.id));
    const withdrawn = await promotionById(tx, row.id, ctx.caller);
    await record(tx, ctx, {
      action: "promotion.withdraw",
      noun: "promotion",
      nounId: row.id,
      before: { status: row.status },
      after: { status: withdrawn.status },
      evidence: row.dossierDigest,
    });
    await tellChanged(tx, ctx.caller.organizationId, "promotion", row.id);
    return withdrawn;
  });
}
