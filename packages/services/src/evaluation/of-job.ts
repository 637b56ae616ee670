import { createHash } from "node:crypto";
import { evaluation, job, jobInput } from "@preceptor/db";
import { DomainError, type EvaluationSuite } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";
import { suiteByReference } from "./suite.ts";

export interface EvaluationOfJob {
  readonly jobId: string;
  readonly suite: EvaluationSuite;
  readonly modelVersionId: string;
  readonly modelDigest: string;
  readonly testDatasetVersionId: string;
  readonly testSplit: string;
  readonly testDigest: string;
  /** Why this job does not measure what its suite says; null where it does. */
  readonly mismatch: string | null;
}

/** What a job of kind `evaluate` measures, from its specification and its resolved inputs. */
export async function evaluationOfJob(tx: Transaction, jobId: string): Promise<EvaluationOfJob> {
  const [found] = await tx.select().from(job).where(eq(job.id, jobId));
  const [suiteName] = found?.spec.evaluate ?? [];
  if (found?.kind !== "evaluate" || suiteName === undefined)
    throw new DomainError("invalid", "This job does not run an evaluation suite.");
  const suite = await suiteByReference(tx, suiteName);
  const inputs = await tx.select().from(jobInput).where(eq(jobInput.jobId, jobId));
  const model = inputs.find((input) => input.name === "model");
  const test = inputs.find((input) => input.name === "test");
  if (!model?.modelVersionId || !test?.datasetVersionId || !test.split)
    throw new DomainError("invalid", "An evaluation reads one model and one test split.");
  return {
    jobId,
    suite,
    modelVersionId: model.modelVersionId,
    modelDigest: model.digest,
    testDatasetVersionId: test.datasetVersionId,
    testSplit: test.split,
    testDigest: test.digest,
    mismatch:
      test.reference !== suite.test
        ? `The job read ${test.reference}; the suite is measured on ${suite.test}.`
        : found.spec.recipe !== suite.recipe
          ? `The job did not run the suite's recipe ${suite.recipe}.`
          : found.parameters["task"] !== suite.task
            ? `The job did not run the suite's task ${suite.task}.`
            : null,
  };
}

/** The job's evaluation row, made if it is not there yet, and locked. */
export async function lockEvaluationOf(
  tx: Transaction,
  ctx: ServiceContext,
  of: EvaluationOfJob,
): Promise<typeof evaluation.$inferSelect> {
  await tx
    .insert(evaluation)
    .values({
      id: ctx.newId("evaluation"),
      organizationId: ctx.caller.organizationId,
      suiteId: of.suite.id,
      modelVersionId: of.modelVersionId,
      testDatasetVersionId: of.testDatasetVersionId,
      jobId: of.jobId,
      status: "pending",
      seed: seedOf(of.jobId),
      createdAt: ctx.now(),
    })
    .onConflictDoNothing({ target: evaluation.jobId });
  const [row] = await tx
    .select()
    .from(evaluation)
    .where(and(eq(evaluation.jobId, of.jobId)))
    .for("update");
  if (!row) throw new DomainError("conflict", "The evaluation is being written. Try again.");
  return row;
}

/** Fixed by the job before it runs, so that nobody can pick the seed by its result. */
const seedOf = (jobId: string): number =>
  createHash("sha256").update(jobId).digest().readUInt32BE(0) >>> 1;
