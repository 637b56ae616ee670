import { randomBytes } from "node:crypto";
import { organizationKey } from "@preceptor/db";
import { eq } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";

/** The organization's key for patient hashes, made when first needed. 32 bytes in hex; never leaves the control plane but to its own jobs. */
export async function subjectKeyOf(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller">,
): Promise<string> {
  const { organizationId } = ctx.caller;
  await tx
    .insert(organizationKey)
    .values({ organizationId, subjectKey: randomBytes(32).toString("hex") })
    .onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(organizationKey)
    .where(eq(organizationKey.organizationId, organizationId));
  if (!row) throw new Error("organization key is not visible: row-level scope is missing");
  return row.subjectKey;
}
