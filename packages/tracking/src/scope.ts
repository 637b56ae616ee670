import type { Database, Transaction } from "@preceptor/db";
import { sql } from "drizzle-orm";

/** A transaction that sees and writes one organization's rows only. */
export function inOrganization<T>(
  db: Database,
  organizationId: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('preceptor.organization_id', ${organizationId}, true)`);
    return work(tx);
  });
}
