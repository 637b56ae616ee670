import {
  datasetVersion,
  evaluation,
  evaluationSuite,
  job,
  model,
  modelVersion,
} from "@preceptor/db";
import { activeJobStatuses, DomainError, type Evaluation, type JobStatus } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";

/** Each evaluation with its suite, model, job and test set; the caller adds where, order and limit. */
export const selectEvaluations = (tx: Transaction) =>
  tx
    .select({
      evaluation,
      suite: evaluationSuite,
      model: {
        id: modelVersion.id,
        name: model.name,
        version: modelVersion.version,
        digest: modelVersion.digest,
      },
      jobStatus: job.status,
      testDigest: datasetVersion.digest,
    })
    .from(evaluation)
    .innerJoin(evaluationSuite, eq(evaluationSuite.id, evaluation.suiteId))
    .innerJoin(modelVersion, eq(modelVersion.id, evaluation.modelVersionId))
    .innerJoin(model, eq(model.id, modelVersion.modelId))
    .innerJoin(job, eq(job.id, evaluation.jobId))
    .innerJoin(datasetVersion, eq(datasetVersion.id, evaluation.testDatasetVersionId))
    .$dynamic();

export type EvaluationRow = Awaited<ReturnType<typeof selectEvaluations>>[number];

export function showEvaluation(row: EvaluationRow): Evaluation {
  const { evaluation: e, suite } = row;
  const { definition } = suite;
  return {
    id: e.id,
    suite: {
      id: suite.id,
      name: suite.name,
      version: suite.version,
      title: definition.title,
      metric: definition.metric,
      higherIsBetter: definition.higherIsBetter,
      chance: definition.chance ?? null,
    },
    modelVersion: row.model,
    jobId: e.jobId,
    status: e.status === "pending" && isUnderWay(row.jobStatus) ? "running" : e.status,
    refusal: e.refusal,
    score: scoreOf(e),
    digest: e.digest,
    testSet: {
      datasetVersionId: e.testDatasetVersionId,
      reference: definition.test,
      digest: row.testDigest,
    },
    seed: e.seed,
    createdAt: e.createdAt,
    completedAt: e.completedAt,
  };
}

export async function evaluationById(tx: Transaction, id: string): Promise<Evaluation> {
  const [row] = await selectEvaluations(tx).where(eq(evaluation.id, id));
  if (!row) throw new DomainError("not-found", "There is no such evaluation.");
  return showEvaluation(row);
}

const isUnderWay = (status: JobStatus): boolean =>
  status !== "queued" && activeJobStatuses.includes(status);

function scoreOf(row: typeof evaluation.$inferSelect): Evaluation["score"] {
  const { mean, lower, upper, n, clusters } = row;
  return mean === null || lower === null || upper === null || n === null || clusters === null
    ? null
    : { mean, lower, upper, n, clusters };
}
