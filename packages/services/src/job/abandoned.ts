import type { Handle, RunsOn } from "@preceptor/compute";
import { attempt, computeTarget, job } from "@preceptor/db";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { tellChanged } from "../notify.ts";
import { acrossOrganizations, transaction } from "../transaction.ts";

/** An attempt that was given up unseen, and may still run where it was started. */
export interface Abandoned {
  readonly attemptId: string;
  readonly jobId: string;
  readonly organizationId: string;
  readonly target: RunsOn;
  readonly handle: Handle;
}

/** Beside what its cluster noted, and taken away again: no other state of an attempt that has ended is looked for. */
const isLeft = sql`${attempt.handle}->'data'->>'abandoned' = 'yes'`;

/** In the order of their ids, after this one: of many, some that never answer keep no other from its turn. */
export const abandonedAttempts = (
  db: ServiceContext["db"],
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Abandoned[]> =>
  acrossOrganizations(db, async (tx) => {
    const rows = await tx
      .select({ attempt, target: computeTarget })
      .from(attempt)
      .innerJoin(job, eq(job.id, attempt.jobId))
      .innerJoin(computeTarget, eq(computeTarget.id, job.computeTargetId))
      .where(and(eq(attempt.status, "fenced"), isLeft, gt(attempt.id, after)))
      .orderBy(asc(attempt.id))
      .limit(limit);
    return rows.map(({ attempt: { id, jobId, organizationId, handle }, target }) => ({
      attemptId: id,
      jobId,
      organizationId,
      target: { id: target.id, provider: target.provider, settings: target.settings },
      handle: { provider: target.provider, attemptId: id, data: handle?.data ?? {} },
    }));
  });

/** Its cluster says that nothing of it runs any more. False where somebody else wrote that down already. */
export async function closeAbandoned(
  ctx: Pick<ServiceContext, "db" | "caller" | "now" | "newId" | "signer">,
  { attemptId, jobId }: Pick<Abandoned, "attemptId" | "jobId">,
): Promise<boolean> {
  authoriseSystem(ctx.caller);
  return transaction(ctx, async (tx) => {
    const [closed] = await tx
      .update(attempt)
      .set({ handle: sql`${attempt.handle} #- '{data,abandoned}'` })
      .where(and(eq(attempt.id, attemptId), isLeft))
      .returning({ organizationId: attempt.organizationId });
    if (!closed) return false;
    const said = " Its target could be read again: nothing of it runs there any more.";
    await tx
      .update(job)
      .set({ message: sql`${job.message} || ${said}::text` })
      .where(eq(job.id, jobId));
    await record(tx, ctx, {
      action: "job.abandoned-ended",
      noun: "job",
      nounId: jobId,
      after: { attempt: attemptId },
    });
    await tellChanged(tx, closed.organizationId, "job", jobId);
    return true;
  });
}
