import { job } from "@preceptor/db";
import { DomainError, isTerminal, transition, type Job } from "@preceptor/domain";
import { eq, sql } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { tellChanged, wakeWorker } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { endJob } from "./end-job.ts";
import { jobById } from "./view.ts";

/** Stops a job, at once when nothing of it runs yet. One that has ended, or is being cancelled, stays as it is. */
export async function cancelJob(ctx: ServiceContext, input: { id: string }): Promise<Job> {
  authorise(ctx.caller, "job:cancel");
  return transaction(ctx, async (tx) => {
    const [row] = await tx.select().from(job).where(eq(job.id, input.id)).for("update");
    if (!row) throw new DomainError("not-found", "There is no such job in your organization.");
    const next = transition(row.status, "cancel");
    if (next === "refused") return jobById(tx, row.id, ctx.now());
    const over = isTerminal(next);
    await tx
      .update(job)
      .set({
        status: next,
        cancelRequested: true,
        reason: "cancelled-by-member",
        message: null,
        dueAt: sql`now()`,
        ...(over ? { endedAt: ctx.now() } : {}),
      })
      .where(eq(job.id, row.id));
    if (over) await endJob(tx, ctx, row, "cancelled", "cancelled-by-member");
    await record(tx, ctx, {
      action: "job.cancel",
      noun: "job",
      nounId: row.id,
      before: { status: row.status },
      after: { status: next },
    });
    await wakeWorker(tx);
    await tellChanged(tx, ctx.caller.organizationId, "job", row.id);
    return jobById(tx, row.id, ctx.now());
  });
}
