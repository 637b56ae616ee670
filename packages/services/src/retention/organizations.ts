import { organization } from "@preceptor/db";
import { asc } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";
import { acrossOrganizations } from "../transaction.ts";

/** Whose bytes the worker goes through, one after the other. */
export async function retainingOrganizations(db: ServiceContext["db"]): Promise<readonly string[]> {
  const rows = await acrossOrganizations(db, (tx) =>
    tx.select({ id: organization.id }).from(organization).orderBy(asc(organization.id)),
  );
  return rows.map(({ id }) => id);
}
