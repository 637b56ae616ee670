import { createHash, randomBytes } from "node:crypto";
import {
  attempt,
  checkpoint,
  computeTarget,
  datasetFile,
  experiment,
  job,
  jobInput,
  modelVersion,
  recipe,
  run,
} from "@preceptor/db";
import type { AttemptSpec } from "@preceptor/compute";
import {
  DomainError,
  transition,
  type ComputeTargetSettings,
  type FileEntry,
} from "@preceptor/domain";
import { and, asc, desc, eq, max, sql } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { subjectKeyOf } from "../access/subject-key.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import type { Lease } from "../lease.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { attemptSpec, type AttemptPlan } from "./attempt-spec.ts";
import { reopenRun } from "./end-job.ts";
import { hashesPatients } from "./secrets.ts";
import { firstExpiry } from "./token-life.ts";

export interface PreparedAttempt {
  readonly attemptId: string;
  /** Its files' links are made when they are asked for, outside any transaction; `not-found` then says that a file is gone. */
  readonly spec: () => AttemptSpec;
}
/**
 * Writes the next attempt down, before anything is started: a queued job gets one more attempt, and one whose worker ended before
 * the hand-over gets that attempt again with a new token. null when somebody else moved on.
 */
export async function prepareAttempt(
  ctx: ServiceContext,
  input: { lease: Lease; publicUrl: string },
): Promise<PreparedAttempt | null> {
  authoriseSystem(ctx.caller);
  const token = randomBytes(32).toString("base64url");
  const ticket = randomBytes(32).toString("base64url");
  const planned = await transaction(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(job)
      .where(and(eq(job.id, input.lease.id), eq(job.leaseToken, input.lease.token)))
      .for("update");
    if (!row) return null;
    const [target] = await tx
      .select({ settings: computeTarget.settings })
      .from(computeTarget)
      .where(eq(computeTarget.id, row.computeTargetId));
    if (!target) throw new DomainError("not-found", "The job's compute target is gone.");
    const { settings } = target;
    const access = accessOf(row, settings, ctx.now(), { token, ticket });
    const written =
      row.status === "queued"
        ? await insertAttempt(tx, ctx, row, access)
        : await renewToken(tx, row, access);
    return written && loadPlan(tx, ctx, row, written, { token, ticket, settings });
  });
  if (planned === null) return null;
  return {
    attemptId: planned.attemptId,
    spec: () => attemptSpec(ctx, planned, input.publicUrl),
  };
}

type JobRow = typeof job.$inferSelect;
type AttemptRow = typeof attempt.$inferSelect;

/** The token itself says nothing: when it ends stands here, and may be moved while the attempt lives. */
const accessOf = (
  row: JobRow,
  settings: ComputeTargetSettings,
  now: Date,
  { token, ticket }: Pick<AttemptPlan, "token" | "ticket">,
) => ({
  tokenHash: createHash("sha256").update(token).digest("hex"),
  ticketHash: createHash("sha256").update(ticket).digest("hex"),
  tokenExpiresAt: firstExpiry(row, settings, now),
});
type Access = ReturnType<typeof accessOf>;

async function insertAttempt(
  tx: Transaction,
  ctx: ServiceContext,
  row: JobRow,
  access: Access,
): Promise<AttemptRow | null> {
  const next = transition(row.status, "start");
  if (next === "refused" || row.attemptCount >= row.maxAttempts) return null;
  const [newest] = await tx
    .select({ number: max(attempt.number) })
    .from(attempt)
    .where(eq(attempt.jobId, row.id));
  const number = (newest?.number ?? 0) + 1;
  const resume = await newestCheckpoint(tx, row.id);
  const [made] = await tx
    .insert(attempt)
    .values({
      id: ctx.newId("attempt"),
      organizationId: row.organizationId,
      jobId: row.id,
      number,
      fencingToken: number,
      status: "starting",
      ...access,
      resumedFromCheckpointId: resume?.id ?? null,
      createdAt: ctx.now(),
    })
    .returning();
  await tx
    .update(job)
    .set({
      status: next,
      reason: "preparing-environment",
      message: null,
      attemptCount: number,
      startedAt: row.startedAt ?? ctx.now(),
    })
    .where(and(eq(job.id, row.id), eq(job.leaseToken, row.leaseToken), eq(job.status, row.status)));
  await reopenRun(tx, row.runId);
  await record(tx, ctx, {
    action: "job.start",
    noun: "job",
    nounId: row.id,
    before: { status: row.status },
    after: { status: next, attempt: made?.id, number },
    ...(resume ? { evidence: resume.digest } : {}),
  });
  await tellChanged(tx, row.organizationId, "job", row.id);
  return made ?? null;
}

/** Only while nothing was handed over: the token of a process that may be running is never changed under it. */
async function renewToken(
  tx: Transaction,
  row: JobRow,
  access: Access,
): Promise<AttemptRow | null> {
  const [renewed] = await tx
    .update(attempt)
    .set(access)
    .where(
      and(
        eq(attempt.jobId, row.id),
        eq(attempt.number, row.attemptCount),
        eq(attempt.status, "starting"),
        sql`${attempt.handle} is null`,
      ),
    )
    .returning();
  return row.status === "starting" ? (renewed ?? null) : null;
}

/** Resuming goes forward: the greatest step that is committed, the latest writing of it. */
async function newestCheckpoint(tx: Transaction, jobId: string) {
  const [row] = await tx
    .select({ id: checkpoint.id, digest: checkpoint.digest })
    .from(checkpoint)
    .where(
      and(
        eq(checkpoint.jobId, jobId),
        eq(checkpoint.state, "committed"),
        eq(checkpoint.kind, "step"),
      ),
    )
    .orderBy(sql`${checkpoint.step} desc nulls last`, desc(checkpoint.createdAt))
    .limit(1);
  return row;
}

async function loadPlan(
  tx: Transaction,
  ctx: ServiceContext,
  row: JobRow,
  made: AttemptRow,
  given: Pick<AttemptPlan, "token" | "ticket" | "settings">,
): Promise<AttemptPlan> {
  const [used] =
    row.recipeId === null ? [] : await tx.select().from(recipe).where(eq(recipe.id, row.recipeId));
  const [resume] =
    made.resumedFromCheckpointId === null
      ? []
      : await tx.select().from(checkpoint).where(eq(checkpoint.id, made.resumedFromCheckpointId));
  const [experimentRow] = await tx
    .select({ name: experiment.name })
    .from(run)
    .innerJoin(experiment, sql`${experiment.id}::text = ${run.experimentId}`)
    .where(eq(run.id, row.runId));
  return {
    attemptId: made.id,
    ...given,
    job: row,
    recipe: used ?? null,
    inputs: await inputFiles(tx, row.id),
    resume: resume ? { name: resume.name, files: resume.files } : null,
    experimentName: experimentRow?.name ?? row.kind,
    subjectKey: hashesPatients(row, used) ? await subjectKeyOf(tx, ctx) : null,
  };
}

async function inputFiles(tx: Transaction, jobId: string): Promise<Record<string, FileEntry[]>> {
  const inputs = await tx.select().from(jobInput).where(eq(jobInput.jobId, jobId));
  const files: Record<string, FileEntry[]> = {};
  for (const input of inputs) {
    if (input.modelVersionId !== null) {
      const [version] = await tx
        .select({ files: modelVersion.files })
        .from(modelVersion)
        .where(eq(modelVersion.id, input.modelVersionId));
      files[input.name] = version?.files ?? [];
    } else if (input.datasetVersionId !== null) {
      files[input.name] = await tx
        .select({
          path: datasetFile.path,
          sha256: datasetFile.sha256,
          sizeBytes: datasetFile.sizeBytes,
        })
        .from(datasetFile)
        .where(
          and(
            eq(datasetFile.datasetVersionId, input.datasetVersionId),
            eq(datasetFile.split, input.split ?? ""),
          ),
        )
        .orderBy(asc(datasetFile.path));
    }
  }
  return files;
}
