import type { Handle, RunsOn } from "@preceptor/compute";
import { attempt, computeTarget, job } from "@preceptor/db";
import type {
  AttemptFacts,
  AttemptStatus,
  CostFacts,
  JobSpec,
  JobStatus,
  ProviderName,
} from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import type { Lease } from "../lease.ts";
import { reading } from "../transaction.ts";
import { costFacts } from "./view.ts";

/** A claimed job as the worker sees it. */
export interface WatchedJob {
  readonly id: string;
  readonly organizationId: string;
  readonly status: JobStatus;
  readonly runId: string;
  readonly attemptCount: number;
  readonly maxAttempts: number;
  readonly target: RunsOn;
  /** How many nodes of which machines, as the job asked for them. */
  readonly compute: JobSpec["compute"];
  /** null where the job has no price or no limit. */
  readonly cost: CostFacts | null;
  readonly attempt: WatchedAttempt | null;
  /** How many attempts its target's last survey kept fresh; 0 where that was too long ago, or there was none. */
  readonly surveyed: number;
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
  readonly givenUp: NonNullable<AttemptFacts["givenUp"]> | null;
}

/** null when the lease is somebody else's by now. */
export async function watchJob(ctx: ServiceContext, lease: Lease): Promise<WatchedJob | null> {
  authoriseSystem(ctx.caller);
  return reading(ctx, async (tx) => {
    const [row] = await tx
      .select({ job, target: computeTarget, attempt })
      .from(job)
      .innerJoin(computeTarget, eq(computeTarget.id, job.computeTargetId))
      .leftJoin(attempt, and(eq(attempt.jobId, job.id), eq(attempt.number, job.attemptCount)))
      .where(and(eq(job.id, lease.id), eq(job.leaseToken, lease.token)));
    if (!row) return null;
    const { id, organizationId, status, runId, attemptCount, maxAttempts, price, spec } = row.job;
    // Without a limit nobody decides anything by its cost, and the other attempts need not be read.
    const limited = price !== null && spec.limits.maxCost !== undefined;
    const attempts = limited
      ? await tx
          .select({ startedAt: attempt.startedAt, endedAt: attempt.endedAt })
          .from(attempt)
          .where(eq(attempt.jobId, id))
      : [];
    return {
      id,
      organizationId,
      status,
      runId,
      attemptCount,
      maxAttempts,
      target: { id: row.target.id, provider: row.target.provider, settings: row.target.settings },
      compute: spec.compute,
      cost: limited ? costFacts(row.job, price, attempts) : null,
      attempt: row.attempt && watched(row.attempt, row.target.provider),
      surveyed: surveyedLately(row.target, ctx.now()),
    };
  });
}

/** A survey that fails, or whose worker is gone, is made up for by single looks. */
const surveyHoldsMs = 30_000;
const surveyedLately = (
  { surveyedAt, surveyedJobs }: typeof computeTarget.$inferSelect,
  now: Date,
): number =>
  surveyedAt !== null && now.getTime() - surveyedAt.getTime() < surveyHoldsMs ? surveyedJobs : 0;

/** One that is fenced before it has ended: why stands with it. */
const givenUp = ({ status, reason, message, endedAt }: typeof attempt.$inferSelect) =>
  status === "fenced" && endedAt === null
    ? { reason: reason === "lost" ? reason : ("silent" as const), message: message ?? "" }
    : null;

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
    givenUp: givenUp(row),
  };
}
