import { deployment, evaluation, model, modelVersion } from "@preceptor/db";
import { DomainError, type Dossier, type Evaluation, type SuiteEvidence } from "@preceptor/domain";
import { and, desc, eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";
import { compareIn } from "../evaluation/compare.ts";
import { selectEvaluations, showEvaluation } from "../evaluation/view.ts";

/** The model that now serves a purpose; null where none does. */
export async function championOf(tx: Transaction, purpose: string): Promise<Dossier["champion"]> {
  const [found] = await tx
    .select({
      name: model.name,
      version: modelVersion.version,
      id: modelVersion.id,
      digest: modelVersion.digest,
    })
    .from(deployment)
    .innerJoin(modelVersion, eq(modelVersion.id, deployment.modelVersionId))
    .innerJoin(model, eq(model.id, modelVersion.modelId))
    .where(and(eq(deployment.purpose, purpose), eq(deployment.routed, true)));
  return found ?? null;
}

/** The newest complete evaluation of exactly this model on this suite version. */
export async function newestEvaluation(
  tx: Transaction,
  modelVersionId: string,
  suiteId: string,
): Promise<Evaluation | null> {
  const [row] = await selectEvaluations(tx)
    .where(
      and(
        eq(evaluation.modelVersionId, modelVersionId),
        eq(evaluation.suiteId, suiteId),
        eq(evaluation.status, "complete"),
      ),
    )
    .orderBy(desc(evaluation.createdAt), desc(evaluation.id))
    .limit(1);
  return row ? showEvaluation(row) : null;
}

export async function againstChampion(
  tx: Transaction,
  candidate: Evaluation | null,
  champion: Dossier["champion"],
  suiteId: string,
): Promise<SuiteEvidence["champion"]> {
  if (champion === null) return { kind: "none" };
  const name = `${champion.name}@${champion.version}`;
  const other = await newestEvaluation(tx, champion.id, suiteId);
  if (!candidate || !other?.digest)
    return { kind: "not-comparable", name, why: "it has no complete evaluation on this suite" };
  try {
    const { difference } = await compareIn(tx, candidate, other);
    return { kind: "compared", name, digest: other.digest, difference };
  } catch (error) {
    if (error instanceof DomainError) return { kind: "not-comparable", name, why: error.message };
    throw error;
  }
}
