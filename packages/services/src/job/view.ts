import { attempt, computeTarget, job, jobInput, model, modelVersion, recipe } from "@preceptor/db";
import {
  costSoFar,
  DomainError,
  type Attempt,
  type CostFacts,
  type Job,
  type JobSummary,
  type NodePrice,
} from "@preceptor/domain";
import { asc, eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";

/** What a list shows; the spec stays behind, it may be long. */
export const summaryColumns = {
  id: job.id,
  name: job.name,
  kind: job.kind,
  status: job.status,
  reason: job.reason,
  message: job.message,
  submittedBy: job.submittedBy,
  submittedByName: job.submittedByName,
  createdAt: job.createdAt,
  startedAt: job.startedAt,
  endedAt: job.endedAt,
  attempts: job.attemptCount,
  target: computeTarget.name,
  recipeName: recipe.name,
  recipeVersion: recipe.version,
  modelName: model.name,
  modelVersion: modelVersion.version,
};

export const selectSummaries = (tx: Transaction) =>
  tx
    .select(summaryColumns)
    .from(job)
    .innerJoin(computeTarget, eq(computeTarget.id, job.computeTargetId))
    .leftJoin(recipe, eq(recipe.id, job.recipeId))
    .leftJoin(modelVersion, eq(modelVersion.id, job.outputModelVersionId))
    .leftJoin(model, eq(model.id, modelVersion.modelId))
    .$dynamic();
export type SummaryRow = Awaited<ReturnType<typeof selectSummaries>>[number];

export function summaryOf(row: SummaryRow): JobSummary {
  const { submittedByName, recipeName, recipeVersion, modelName, modelVersion, ...rest } = row;
  return {
    ...rest,
    submittedBy: { id: row.submittedBy, name: submittedByName },
    recipe:
      recipeName === null || recipeVersion === null
        ? null
        : { name: recipeName, version: recipeVersion },
    outputModel:
      modelName === null || modelVersion === null
        ? null
        : { name: modelName, version: modelVersion },
  };
}

export async function jobById(tx: Transaction, id: string, now: Date): Promise<Job> {
  const [summary] = await selectSummaries(tx).where(eq(job.id, id));
  const [row] = await tx.select().from(job).where(eq(job.id, id));
  if (!summary || !row)
    throw new DomainError("not-found", "There is no such job in your organization.");
  const attempts = await tx
    .select()
    .from(attempt)
    .where(eq(attempt.jobId, id))
    .orderBy(asc(attempt.number));
  const inputs = await tx
    .select()
    .from(jobInput)
    .where(eq(jobInput.jobId, id))
    .orderBy(asc(jobInput.name));
  return {
    ...summaryOf(summary),
    spec: row.spec,
    parameters: row.parameters,
    specDigest: row.specDigest,
    runId: row.runId,
    maxAttempts: row.maxAttempts,
    machine: {
      instanceType: row.price?.instanceType ?? row.spec.compute.instanceType ?? null,
      tier: row.spec.compute.tier,
      image: row.spec.compute.image ?? null,
    },
    cost: row.price && costSoFar(costFacts(row, row.price, attempts), now),
    attemptList: attempts.map(attemptOf),
    inputs: inputs.map((input) => ({
      name: input.name,
      reference: input.reference,
      nounId: input.datasetVersionId ?? input.modelVersionId ?? "",
      digest: input.digest,
    })),
  };
}

/** What a job with a price has cost is computed from, for people and for the decision to stop it. */
export const costFacts = (
  { spec }: typeof job.$inferSelect,
  price: NodePrice,
  attempts: CostFacts["attempts"],
): CostFacts => ({
  price,
  nodes: spec.compute.nodes,
  limit: spec.limits.maxCost ?? null,
  attempts: attempts.map(({ startedAt, endedAt }) => ({ startedAt, endedAt })),
});

/** What people see of an attempt: never its token's hash or its handle. */
const attemptOf = (row: typeof attempt.$inferSelect): Attempt => ({
  id: row.id,
  jobId: row.jobId,
  number: row.number,
  fencingToken: row.fencingToken,
  status: row.status,
  reason: row.reason,
  message: row.message,
  resumedFromCheckpointId: row.resumedFromCheckpointId,
  preparedAt: row.preparedAt,
  startedAt: row.startedAt,
  lastObservedAt: row.lastObservedAt,
  endedAt: row.endedAt,
  processes: row.processes,
});
