import { randomBytes } from "node:crypto";
import { digestOf } from "@preceptor/attest";
import { job, jobInput, run, runTag } from "@preceptor/db";
import {
  DomainError,
  planJob,
  type JobIssue,
  type JobPlan,
  type SubmitJob,
} from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { memberOf } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { tellChanged, wakeWorker } from "../notify.ts";
import { experimentOf } from "./experiment.ts";
import { loadFacts } from "./facts.ts";

/** Who a job belongs to: the asking member, or the one a system request acts for. */
export interface Submitter {
  readonly userId: string;
  readonly name: string;
}

/**
 * The part of submitting that happens inside a transaction: for verbs that start a job among other things. The same key again is
 * the same job; with another spec it is a `conflict`.
 */
export async function acceptJob(
  tx: Transaction,
  ctx: ServiceContext,
  input: SubmitJob,
  options: { missingCode?: readonly string[]; submitter?: Submitter } = {},
): Promise<{ jobId: string; repeated: boolean }> {
  const { spec, idempotencyKey } = input;
  const submitter = options.submitter ?? memberOf(ctx.caller);
  const specDigest = digestOf(spec);
  const before = await acceptedBefore(tx, ctx, idempotencyKey, specDigest);
  if (before !== null) return { jobId: before, repeated: true };

  const outcome = planJob(spec, await loadFacts(tx, ctx, spec, options.missingCode ?? []));
  if ("issues" in outcome) throw firstOf(outcome.issues);
  const jobId = ctx.newId("job");
  const runId = randomBytes(16).toString("hex");
  const inserted = await tx
    .insert(job)
    .values({
      id: jobId,
      organizationId: ctx.caller.organizationId,
      name: spec.name,
      kind: spec.kind,
      reason: "waiting-for-worker",
      spec,
      specDigest,
      parameters: { ...outcome.plan.parameters },
      idempotencyKey,
      recipeId: outcome.plan.recipeId,
      computeTargetId: outcome.plan.targetId,
      price: outcome.plan.cost?.price ?? null,
      runId,
      maxAttempts: spec.limits.maxAttempts,
      submittedBy: submitter.userId,
      submittedByName: submitter.name,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing({ target: [job.organizationId, job.idempotencyKey] })
    .returning({ id: job.id });
  if (inserted.length === 0) {
    // The same request, sent twice at once: the other one was first.
    const other = await acceptedBefore(tx, ctx, idempotencyKey, specDigest);
    if (other === null)
      throw new DomainError("conflict", "The same request is being handled. Try again.");
    return { jobId: other, repeated: true };
  }
  await insertInputs(tx, ctx, jobId, outcome.plan);
  await insertRun(tx, ctx, { jobId, runId, name: spec.name, kind: spec.kind, submitter });
  await record(tx, ctx, {
    action: "job.submit",
    noun: "job",
    nounId: jobId,
    after: { spec, specDigest },
    evidence: specDigest,
  });
  await wakeWorker(tx);
  await tellChanged(tx, ctx.caller.organizationId, "job", jobId);
  return { jobId, repeated: false };
}

async function acceptedBefore(
  tx: Transaction,
  ctx: ServiceContext,
  idempotencyKey: string,
  specDigest: string,
): Promise<string | null> {
  const [found] = await tx
    .select({ id: job.id, specDigest: job.specDigest })
    .from(job)
    .where(
      and(
        eq(job.organizationId, ctx.caller.organizationId),
        eq(job.idempotencyKey, idempotencyKey),
      ),
    );
  if (!found) return null;
  if (found.specDigest !== specDigest)
    throw new DomainError(
      "conflict",
      `This idempotency key already stands for another job, ${found.id}.`,
      {
        field: "idempotencyKey",
      },
    );
  return found.id;
}

function firstOf(issues: readonly JobIssue[]): DomainError {
  const [first, ...others] = issues;
  const more =
    others.length === 0
      ? ""
      : ` (and ${others.length} more: ${others.map((one) => one.field).join(", ")})`;
  return new DomainError("invalid", `${first?.message ?? "The job is not valid."}${more}`, {
    field: first?.field ?? "spec",
  });
}

async function insertInputs(
  tx: Transaction,
  ctx: ServiceContext,
  jobId: string,
  plan: JobPlan,
): Promise<void> {
  if (plan.inputs.length === 0) return;
  const { organizationId } = ctx.caller;
  await tx
    .insert(jobInput)
    .values(plan.inputs.map((input) => ({ organizationId, jobId, ...input })));
}

/** The run every attempt logs to; made with the job, so that a name is known before anything starts. */
async function insertRun(
  tx: Transaction,
  ctx: ServiceContext,
  of: { jobId: string; runId: string; name: string; kind: string; submitter: Submitter },
): Promise<void> {
  const { organizationId } = ctx.caller;
  await tx.insert(run).values({
    id: of.runId,
    organizationId,
    experimentId: await experimentOf(tx, organizationId, of.kind),
    jobId: of.jobId,
    name: of.name,
    status: "SCHEDULED",
    userId: of.submitter.userId,
    startedAt: ctx.now(),
  });
  const tags = {
    "mlflow.runName": of.name,
    "mlflow.user": of.submitter.name,
    "preceptor.job": of.jobId,
  };
  await tx
    .insert(runTag)
    .values(
      Object.entries(tags).map(([key, value]) => ({ organizationId, runId: of.runId, key, value })),
    );
}
