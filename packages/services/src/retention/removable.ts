import { attempt, checkpoint, job, modelVersion } from "@preceptor/db";
import {
  isTerminal,
  jobStatuses,
  keepText,
  removableCheckpoints,
  type RemovableCheckpoint,
} from "@preceptor/domain";
import { and, asc, eq, gt, inArray, notInArray, or, sql, ne } from "drizzle-orm";
import type { Transaction } from "../context.ts";

/** Jobs that may have more checkpoints than they ask to keep, after the given one, in the order of their ids. */
export async function keepingJobs(
  tx: Transaction,
  { after, limit }: { after: string; limit: number },
): Promise<readonly string[]> {
  const steps = sql`(select count(*) from ${checkpoint} where ${checkpoint.jobId} = ${job.id} and ${checkpoint.state} = 'committed' and ${checkpoint.kind} = 'step')`;
  const rows = await tx
    .select({ id: job.id })
    .from(job)
    .where(
      and(
        gt(job.id, after),
        sql`${job.spec}->'checkpoints' is not null`,
        sql`${steps} > (${job.spec}#>>'{checkpoints,keep,last}')::int`,
      ),
    )
    .orderBy(asc(job.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/**
 * With `lock`, no attempt of the job begins and no model is made of its checkpoints until the transaction ends. Rows that only name the
 * job may be written meanwhile: who makes a model has locked the checkpoint first.
 */
export async function removableOf(
  tx: Transaction,
  jobId: string,
  { lock = false } = {},
): Promise<readonly RemovableCheckpoint[]> {
  const found = tx.select().from(job).where(eq(job.id, jobId));
  const [owner] = await (lock ? found.for("no key update") : found);
  const keep = owner?.spec.checkpoints?.keep;
  if (!owner || keep === undefined) return [];
  const written = tx
    .select({
      id: checkpoint.id,
      kind: checkpoint.kind,
      name: checkpoint.name,
      step: checkpoint.step,
      metrics: checkpoint.metrics,
      sizeBytes: checkpoint.sizeBytes,
      createdAt: checkpoint.createdAt,
    })
    .from(checkpoint)
    .where(and(eq(checkpoint.jobId, jobId), eq(checkpoint.state, "committed")));
  const rows = await (lock ? written.for("no key update") : written);
  // A statement of its own, after the locks: it sees what those who held them wrote.
  const used = await usedAmong(
    tx,
    jobId,
    rows.map(({ id }) => id),
  );
  const ids = new Set(
    removableCheckpoints(
      { keep, ended: isTerminal(owner.status) },
      rows.map((row) => ({ ...row, inUse: used.has(row.id) })),
    ),
  );
  const reason = keepText(keep);
  return rows
    .filter(({ id }) => ids.has(id))
    .map(({ id, name, step, createdAt, sizeBytes }) => ({
      id,
      jobId,
      jobName: owner.name,
      name,
      step,
      createdAt,
      sizeBytes,
      reason,
    }));
}

/**
 * What something refers to: a model version (and through it evaluations, decisions, deployments and jobs made from it), another job's
 * attempt, or an attempt of this one that may still read it.
 */
async function usedAmong(
  tx: Transaction,
  jobId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const models = await tx
    .select({ id: modelVersion.checkpointId })
    .from(modelVersion)
    .where(inArray(modelVersion.checkpointId, [...ids]));
  const attempts = await tx
    .select({ id: attempt.resumedFromCheckpointId })
    .from(attempt)
    .innerJoin(job, eq(job.id, attempt.jobId))
    .where(
      and(
        inArray(attempt.resumedFromCheckpointId, [...ids]),
        or(ne(attempt.jobId, jobId), notInArray(job.status, jobStatuses.filter(isTerminal))),
      ),
    );
  return new Set([...models, ...attempts].flatMap(({ id }) => (id === null ? [] : [id])));
}
