import { policy } from "@preceptor/db";
import { DomainError, parseVersionedName, VersionedName, type Policy } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";

export const showPolicy = (row: typeof policy.$inferSelect): Policy => ({
  ...row.definition,
  id: row.id,
  version: row.version,
  digest: row.digest,
  createdAt: row.createdAt,
});

/** The policy written `name@version`. */
export async function policyByReference(tx: Transaction, reference: string): Promise<Policy> {
  const field = "policy";
  if (!VersionedName.safeParse(reference).success)
    throw new DomainError("invalid", "Name a policy as name@version.", { field });
  const { name, version } = parseVersionedName(reference);
  const [row] = await tx
    .select()
    .from(policy)
    .where(and(eq(policy.name, name), eq(policy.version, version)));
  if (!row) throw new DomainError("not-found", `There is no policy ${reference}.`, { field });
  return showPolicy(row);
}

/** How a signed statement names a policy. */
export const policyReference = ({ name, version, digest }: Policy) => ({ name, version, digest });
