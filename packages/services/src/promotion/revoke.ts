import { promotion } from "@preceptor/db";
import { DomainError, type Promotion, type RevokePromotion } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { authorise, memberOf } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { lockPurpose } from "../deployment/purpose.ts";
import { changingTraffic } from "../deployment/traffic.ts";
import { wantStopped } from "../deployment/want-stopped.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { lockPromotion } from "./lock.ts";
import { promotionById } from "./view.ts";

/** The kill switch: one board member ends an approval, and everything that serves by it leaves the routes at once. */
export async function revokePromotion(
  ctx: ServiceContext,
  input: RevokePromotion,
): Promise<Promotion> {
  authorise(ctx.caller, "promotion:revoke");
  const member = memberOf(ctx.caller);
  return transaction(ctx, async (tx) => {
    const row = await lockPromotion(tx, input.id);
    if (row.status !== "approved")
      throw new DomainError(
        "conflict",
        `Only an approval is revoked; this promotion is ${row.status}.`,
      );
    await tx.update(promotion).set({ status: "revoked" }).where(eq(promotion.id, row.id));
    const why = `Revoked by ${member.name}: ${input.reason}`;
    await lockPurpose(tx, member.organizationId, row.purpose);
    const stopped = await changingTraffic(tx, ctx, row.purpose, why, () =>
      wantStopped(tx, ctx, { promotionId: row.id }, why),
    );
    const revoked = await promotionById(tx, row.id, ctx.caller);
    await record(tx, ctx, {
      action: "promotion.revoke",
      noun: "promotion",
      nounId: row.id,
      before: { status: row.status },
      after: { status: revoked.status, reason: input.reason, stopped },
      evidence: row.dossierDigest,
    });
    await tellChanged(tx, member.organizationId, "promotion", row.id);
    return revoked;
  });
}
