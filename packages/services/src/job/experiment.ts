import { experiment } from "@preceptor/db";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";

/** Id of the organization's experiment of this name, made when first needed. Runs of one kind of job share one. */
export async function experimentOf(
  tx: Transaction,
  organizationId: string,
  name: string,
): Promise<string> {
  const where = and(eq(experiment.organizationId, organizationId), eq(experiment.name, name));
  const [known] = await tx.select({ id: experiment.id }).from(experiment).where(where);
  if (known) return String(known.id);
  const [made] = await tx
    .insert(experiment)
    .values({ organizationId, name })
    .onConflictDoNothing()
    .returning({ id: experiment.id });
  if (made) return String(made.id);
  const [other] = await tx.select({ id: experiment.id }).from(experiment).where(where);
  if (!other) throw new Error("experiment is not visible: row-level scope is missing");
  return String(other.id);
}
