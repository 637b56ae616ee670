import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { attempt, checkpoint, job } from "@preceptor/db";
import {
  DomainError,
  isTerminal,
  manifestText,
  stepOf,
  type Checkpoint,
  type FileEntry,
} from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { and, eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { tellChanged } from "../notify.ts";
import { keepObjects, wantObjects } from "../retention/objects.ts";
import { reading, transaction } from "../transaction.ts";
import { examineFiles, type CandidateFile, type Examination } from "./examine.ts";
import { metricsAt } from "./metrics-at.ts";
import { checkpointOf } from "./view.ts";

export interface CommitCheckpoint {
  readonly jobId: string;
  readonly attemptId: string;
  readonly fencingToken: number;
  /** Folder name the program gave. */
  readonly name: string;
  readonly kind: "step" | "final";
  readonly files: readonly CandidateFile[];
  /** Its attempt has ended: what is torn now stays torn, so it is refused instead of waited for. */
  readonly last: boolean;
}

/**
 * Makes a folder the attempt left a checkpoint: bytes by their digest first, then the manifest, then the row. null means "not yet",
 * a file is still being written. A folder that cannot be accepted is kept as a refused row, so that people see why. Committing the
 * same files again gives the same checkpoint; from an attempt that was replaced it is `stale-attempt`.
 */
export async function commitCheckpoint(
  ctx: ServiceContext,
  input: CommitCheckpoint,
): Promise<Checkpoint | null> {
  authoriseSystem(ctx.caller);
  await reading(ctx, (tx) => currentAttempt(tx, input));
  const examined = await examineFiles(input.files);
  if (examined.torn && !input.last) return null;
  const digest = digestOfFiles(examined.files);
  const sha256s = examined.refusal === null ? examined.files.map((file) => file.sha256) : [];
  const removed = await reading(ctx, (tx) => removedBefore(tx, input, digest));
  if (removed !== null) return removed;
  if (examined.refusal === null) {
    await wantObjects(ctx, sha256s);
    await upload(ctx, input.files, examined.files, digest);
  }
  return transaction(ctx, async (tx) => {
    await keepObjects(tx, ctx, sha256s);
    const owner = await currentAttempt(tx, input, { lock: true });
    const made = await insertCheckpoint(tx, ctx, input, {
      ...examined,
      digest,
      runId: owner.runId,
    });
    if (made.isNew) {
      const { row } = made;
      await record(tx, ctx, {
        action: row.state === "committed" ? "checkpoint.commit" : "checkpoint.refuse",
        noun: "checkpoint",
        nounId: row.id,
        after: {
          job: row.jobId,
          attempt: row.attemptId,
          name: row.name,
          step: row.step,
          refusal: row.refusal,
        },
        evidence: digest,
      });
      await tellChanged(tx, row.organizationId, "job", row.jobId);
    }
    return checkpointOf(made.row, owner.name);
  });
}

/** The job, if this attempt may still write for it: the newest one, by its fencing token, of a job that has not ended. */
async function currentAttempt(tx: Transaction, input: CommitCheckpoint, { lock = false } = {}) {
  const found = tx
    .select({
      runId: job.runId,
      name: job.name,
      status: job.status,
      attemptCount: job.attemptCount,
      fencingToken: attempt.fencingToken,
      number: attempt.number,
    })
    .from(job)
    .innerJoin(attempt, and(eq(attempt.jobId, job.id), eq(attempt.id, input.attemptId)))
    .where(eq(job.id, input.jobId));
  const [row] = await (lock ? found.for("update", { of: job }) : found);
  if (!row) throw new DomainError("not-found", "There is no such attempt of this job.");
  if (
    row.fencingToken !== input.fencingToken ||
    row.number !== row.attemptCount ||
    isTerminal(row.status)
  )
    throw new DomainError(
      "stale-attempt",
      "This attempt was replaced or its job has ended; its checkpoint is not accepted.",
    );
  return row;
}

/** What retention took is not taken in again, though its folder is still there. */
async function removedBefore(
  tx: Transaction,
  input: CommitCheckpoint,
  digest: string,
): Promise<Checkpoint | null> {
  const [found] = await tx
    .select({ row: checkpoint, jobName: job.name })
    .from(checkpoint)
    .innerJoin(job, eq(job.id, checkpoint.jobId))
    .where(
      and(
        eq(checkpoint.jobId, input.jobId),
        eq(checkpoint.name, input.name),
        eq(checkpoint.digest, digest),
        eq(checkpoint.state, "removed"),
      ),
    );
  return found ? checkpointOf(found.row, found.jobName) : null;
}

const digestOfFiles = (files: readonly FileEntry[]): string =>
  `sha256:${createHash("sha256").update(manifestText(files)).digest("hex")}`;

/** A file that changed since it was examined is a `digest-mismatch` or `invalid`: the caller looks again later. */
async function upload(
  ctx: ServiceContext,
  candidates: readonly CandidateFile[],
  files: readonly FileEntry[],
  digest: string,
): Promise<void> {
  const { organizationId } = ctx.caller;
  const openOf = new Map(candidates.map((file) => [file.path, file.open]));
  for (const { path, sha256, sizeBytes } of files) {
    const name = blobName(organizationId, sha256);
    const open = openOf.get(path);
    if (open === undefined || (await ctx.store.stat(name))?.sizeBytes === sizeBytes) continue;
    await ctx.store.put(name, await open(), { sha256, sizeBytes });
  }
  const manifest = Readable.from([Buffer.from(`${JSON.stringify({ digest, files })}\n`)]);
  await ctx.store.put(`${organizationId}/checkpoint/${digest.replace(":", "-")}.json`, manifest);
}

async function insertCheckpoint(
  tx: Transaction,
  ctx: ServiceContext,
  input: CommitCheckpoint,
  found: Examination & { digest: string; runId: string },
): Promise<{ row: typeof checkpoint.$inferSelect; isNew: boolean }> {
  const { jobId, attemptId, name, kind } = input;
  const step = stepOf(name);
  const [made] = await tx
    .insert(checkpoint)
    .values({
      id: ctx.newId("checkpoint"),
      organizationId: ctx.caller.organizationId,
      jobId,
      attemptId,
      name,
      kind,
      step,
      digest: found.digest,
      sizeBytes: found.files.reduce((sum, file) => sum + file.sizeBytes, 0),
      files: [...found.files],
      tensors: found.tensors,
      metrics: await metricsAt(tx, found.runId, step),
      state: found.refusal === null ? "committed" : "refused",
      refusal: found.refusal,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning();
  if (made) return { row: made, isNew: true };
  const [before] = await tx
    .select()
    .from(checkpoint)
    .where(
      and(
        eq(checkpoint.jobId, jobId),
        eq(checkpoint.name, name),
        eq(checkpoint.digest, found.digest),
      ),
    );
  if (!before) throw new Error("checkpoint is not visible: row-level scope is missing");
  return { row: before, isNew: false };
}
