import { evaluationSuite } from "@preceptor/db";
import {
  DomainError,
  parseVersionedName,
  VersionedName,
  type EvaluationSuite,
} from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";

export const showSuite = (row: typeof evaluationSuite.$inferSelect): EvaluationSuite => ({
  ...row.definition,
  id: row.id,
  version: row.version,
  createdAt: row.createdAt,
});

/** The suite written `name@version`. */
export async function suiteByReference(
  tx: Transaction,
  reference: string,
  field = "suite",
): Promise<EvaluationSuite> {
  if (!VersionedName.safeParse(reference).success)
    throw new DomainError("invalid", "Name a suite as name@version, e.g. discharge-quality@1.", {
      field,
    });
  const { name, version } = parseVersionedName(reference);
  const [row] = await tx
    .select()
    .from(evaluationSuite)
    .where(and(eq(evaluationSuite.name, name), eq(evaluationSuite.version, version)));
  if (!row) throw new DomainError("not-found", `There is no suite ${reference}.`, { field });
  return showSuite(row);
}
