import { promotion } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";

/** Whoever decides on a promotion holds its row: two votes at once are counted one after the other. */
export async function lockPromotion(
  tx: Transaction,
  id: string,
): Promise<typeof promotion.$inferSelect> {
  const [row] = await tx.select().from(promotion).where(eq(promotion.id, id)).for("update");
  if (!row) throw new DomainError("not-found", "There is no such promotion.");
  return row;
}
