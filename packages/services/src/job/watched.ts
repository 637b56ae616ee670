import type { Handle } from "@preceptor/compute";
import { attempt, computeTarget, job } from "@preceptor/db";
import type { AttemptStatus, JobStatus, ProviderName } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import type { Lease } from "../lease.ts";
import { reading } from "../transaction.ts";

/** A claimed job as the worker sees it. */
export interface WatchedJob {
  readonly id: string;
  readonly organizationId: string;
  readonly status: JobStatus;
  readonly runId: string;
  readonly attemptCount: number;
  readonly maxAttempts: number;
  readonly provider: ProviderName;
  readonly attempt: WatchedAttempt | null;
}
export interface WatchedAttempt {
  readonly id: string;
  readonly number: number;
  readonly fencingToken: number;
  readonly status: AttemptStatus;
  readonly hasHandle: boolean;
  /** By attempt id where its cluster gave none yet: an adapter finds an attempt by either. */
  readonly handle: Handle;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly lastHeardAt: Date;
}

/** null when the lease is somebody else's by now. */
export async function watchJob(ctx: ServiceContext, lease: Lease): Promise<WatchedJob | null> {
  authoriseSystem(ctx.caller);
  return reading(ctx, async (tx) => {
    const [row] = await tx
      .select({ job, provider: computeTarget.provider, attempt })
      .from(job)
      .innerJoin(computeTarget, eq(computeTarget.id, job.computeTargetId))
      .leftJoin(attempt, and(eq(attempt.jobId, job.id), eq(attempt.number, job.attemptCount)))
      .where(and(eq(job.id, lease.id), eq(job.leaseToken, lease.token)));
    if (!row) return null;
    const { id, organizationId, status, runId, attemptCount, maxAttempts } = row.job;
    return {
      id,
      organizationId,
      status,
      runId,
      attemptCount,
      maxAttempts,
      provider: row.provider,
      attempt: row.attempt && watched(row.attempt, row.provider),
    };
  });
}

function watched(row: typeof attempt.$inferSelect, provider: ProviderName): WatchedAttempt {
  const data = row.handle?.data ?? {};
  return {
    id: row.id,
    number: row.number,
    fencingToken: row.fencingToken,
    status: row.status,
    hasHandle: row.handle !== null,
    handle: { provider, attemptId: row.id, data },
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    lastHeardAt: row.lastObservedAt ?? row.createdAt,
  };
}
