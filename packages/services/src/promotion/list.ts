import { promotion } from "@preceptor/db";
import type { ListPromotions, Page, Promotion } from "@preceptor/domain";
import { and, desc, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { newestFirst, olderThan } from "../newest-first.ts";
import { reading } from "../transaction.ts";
import { selectPromotions, showPromotions } from "./view.ts";

/** Promotions, newest first. */
export async function listPromotions(
  ctx: ServiceContext,
  input: ListPromotions,
): Promise<Page<Promotion>> {
  authorise(ctx.caller, "promotion:read");
  return reading(ctx, async (tx) => {
    const rows = await selectPromotions(tx)
      .where(
        and(
          input.status === undefined ? undefined : eq(promotion.status, input.status),
          olderThan(input.cursor, promotion.requestedAt, promotion.id),
        ),
      )
      .orderBy(desc(promotion.requestedAt), desc(promotion.id))
      .limit(input.limit + 1);
    const shown = await showPromotions(tx, rows, ctx.caller);
    return newestFirst(
      shown,
      input.limit,
      (one) => ({ at: one.requestedAt, id: one.id }),
      (one) => one,
    );
  });
}
