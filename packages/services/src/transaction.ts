import { sql } from "drizzle-orm";
import type { Transaction } from "@preceptor/db";
import type { ServiceContext } from "./context.ts";

/** Runs `work` with row-level security bound to the caller's organization. No network inside. */
export function transaction<T>(
  ctx: Pick<ServiceContext, "db" | "caller">,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return ctx.db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('preceptor.organization_id', ${ctx.caller.organizationId}, true)`,
    );
    return work(tx);
  });
}

/** A consistent look at the caller's own rows; writing in it fails. */
export function reading<T>(
  ctx: Pick<ServiceContext, "db" | "caller">,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return ctx.db.transaction(
    async (tx) => {
      await tx.execute(
        sql`select set_config('preceptor.organization_id', ${ctx.caller.organizationId}, true)`,
      );
      return work(tx);
    },
    { accessMode: "read only", isolationLevel: "repeatable read" },
  );
}

/** Sees every organization: only for the worker's claims, the gateway's routes, and who a person, a key or an attempt's token belongs to. */
export function acrossOrganizations<T>(
  db: ServiceContext["db"],
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('preceptor.scope', 'system', true)`);
    return work(tx);
  });
}
