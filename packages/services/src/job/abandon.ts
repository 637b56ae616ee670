import { attempt, computeTarget, job } from "@preceptor/db";
import {
  abandonedAs,
  ABANDON_AFTER_MS,
  DomainError,
  whyNotAbandoned,
  type AbandonJob,
  type Job,
} from "@preceptor/domain";
import { and, eq, gt, isNull, max, sql } from "drizzle-orm";
import { authorise, memberOf } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { endJob } from "./end-job.ts";
import { jobById } from "./view.ts";

type Row = typeof job.$inferSelect;

/**
 * Ends a job whose target has not been readable for long, without hearing from it: nobody else ever would, since an outage is no reason
 * to give up. Its attempt is fenced, so nothing more is accepted from it; it is not tried again by itself, since it may still run.
 */
export async function abandonJob(ctx: ServiceContext, input: AbandonJob): Promise<Job> {
  authorise(ctx.caller, "job:abandon");
  const { name } = memberOf(ctx.caller);
  return transaction(ctx, async (tx) => {
    const [row] = await tx.select().from(job).where(eq(job.id, input.id)).for("update");
    if (!row) throw new DomainError("not-found", "There is no such job in your organization.");
    const now = ctx.now();
    const newest = and(eq(attempt.jobId, row.id), eq(attempt.number, row.attemptCount));
    const [last] = await tx.select().from(attempt).where(newest).for("update");
    const lastReadAt = await lastReadOf(tx, row, last?.createdAt ?? row.createdAt, now);
    const why = whyNotAbandoned({ status: row.status, lastReadAt }, now);
    if (why !== null) throw new DomainError("conflict", why, { field: "id" });
    const status = abandonedAs(row.status);
    const reason = status === "cancelled" ? ("cancelled-by-member" as const) : ("silent" as const);
    const message = `Abandoned by ${name}: ${input.reason} Its target could not be read since ${lastReadAt.toISOString()}. What it started there may still run and cost; look there for ${last?.id ?? row.id}. When it can be read again, it is asked to stop.`;
    const ended = { reason, message, endedAt: now };
    await tx
      .update(job)
      .set({ ...ended, status })
      .where(eq(job.id, row.id));
    await tx
      .update(attempt)
      .set({
        ...ended,
        status: "fenced",
        // For whoever finds its target answering again (abandoned.ts); without a handle nothing was started for certain.
        handle: sql`jsonb_set(${attempt.handle}, '{data,abandoned}', '"yes"')`,
      })
      .where(and(newest, isNull(attempt.endedAt)));
    await endJob(tx, ctx, row, status, reason);
    await record(tx, ctx, {
      action: "job.abandon",
      noun: "job",
      nounId: row.id,
      before: { status: row.status, attempt: last?.status ?? null },
      after: {
        status,
        attempt: last?.id ?? null,
        reason: input.reason,
        lastReadAt: lastReadAt.toISOString(),
      },
    });
    await tellChanged(tx, ctx.caller.organizationId, "job", row.id);
    return jobById(tx, row.id, now);
  });
}

/** Any attempt that was heard at the target says that it can be read, and so does a survey of it. */
async function lastReadOf(tx: Transaction, row: Row, begun: Date, now: Date): Promise<Date> {
  const lately = new Date(now.getTime() - ABANDON_AFTER_MS);
  const [target] = await tx
    .select({ surveyedAt: computeTarget.surveyedAt })
    .from(computeTarget)
    .where(eq(computeTarget.id, row.computeTargetId));
  const [others] = await tx
    .select({ at: max(attempt.lastObservedAt) })
    .from(attempt)
    .innerJoin(job, eq(job.id, attempt.jobId))
    .where(and(eq(job.computeTargetId, row.computeTargetId), gt(attempt.lastObservedAt, lately)));
  const [own] = await tx
    .select({ at: max(attempt.lastObservedAt) })
    .from(attempt)
    .where(eq(attempt.jobId, row.id));
  const read = [begun, target?.surveyedAt, others?.at, own?.at];
  return new Date(Math.max(...read.map((at) => at?.getTime() ?? 0)));
}
