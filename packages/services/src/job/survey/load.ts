import type { Handle } from "@preceptor/compute";
import { attempt, job } from "@preceptor/db";
import type { JobStatus, SurveyedFacts } from "@preceptor/domain";
import { and, eq, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { authoriseSystem } from "../../access/authorise.ts";
import type { ServiceContext } from "../../context.ts";
import { reading } from "../../transaction.ts";

/** Only these may be confirmed; in the others the worker itself has something to do. */
export const surveyedStatuses = ["starting", "running", "unknown"] as const satisfies JobStatus[];

export interface SurveyedJob extends SurveyedFacts {
  readonly id: string;
  readonly attemptId: string;
  readonly handle: Handle;
}

/** The attempts under way at one target that nobody holds, small columns only: there may be ten thousand. */
export async function loadSurveyed(
  ctx: Pick<ServiceContext, "db" | "caller">,
  targetId: string,
): Promise<SurveyedJob[]> {
  authoriseSystem(ctx.caller);
  const rows = await reading(ctx, (tx) =>
    tx
      .select({
        id: job.id,
        status: job.status,
        message: job.message,
        attemptCount: job.attemptCount,
        maxAttempts: job.maxAttempts,
        attemptId: attempt.id,
        handle: attempt.handle,
        processes: attempt.processes,
        startedAt: attempt.startedAt,
        createdAt: attempt.createdAt,
        lastObservedAt: attempt.lastObservedAt,
      })
      .from(job)
      .innerJoin(attempt, and(eq(attempt.jobId, job.id), eq(attempt.number, job.attemptCount)))
      .where(
        and(
          eq(job.computeTargetId, targetId),
          inArray(job.status, [...surveyedStatuses]),
          // Held by nobody; and without a handle it may have to be started yet.
          or(isNull(job.leaseExpiresAt), lte(job.leaseExpiresAt, sql`now()`)),
          isNotNull(attempt.handle),
        ),
      ),
  );
  return rows.flatMap(({ handle, ...row }): SurveyedJob[] => {
    if (handle === null) return [];
    const { id, attemptId, status, message, attemptCount, maxAttempts } = row;
    const { processes, startedAt, createdAt, lastObservedAt } = row;
    return [
      {
        id,
        attemptId,
        handle: { provider: handle.provider as Handle["provider"], attemptId, data: handle.data },
        job: { status, message, attemptCount, maxAttempts },
        attempt: {
          hasHandle: true,
          lastHeardAt: lastObservedAt ?? createdAt,
          startedAt,
          processes,
          noted: handle.data,
        },
      },
    ];
  });
}
