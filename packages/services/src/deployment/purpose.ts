import { deployment } from "@preceptor/db";
import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../context.ts";

/** Whoever changes what serves a purpose does it alone, until its transaction ends. */
export const lockPurpose = (tx: Transaction, organizationId: string, purpose: string) =>
  tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`purpose:${organizationId}:${purpose}`}, 0))`,
  );

/** The deployment the gateway routes the purpose to. */
export async function routedOf(
  tx: Transaction,
  purpose: string,
): Promise<typeof deployment.$inferSelect | null> {
  const [row] = await tx
    .select()
    .from(deployment)
    .where(and(eq(deployment.purpose, purpose), eq(deployment.routed, true)));
  return row ?? null;
}
