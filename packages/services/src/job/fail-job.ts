import { attempt, job } from "@preceptor/db";
import { transition, type JobReason } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import type { Lease } from "../lease.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { endJob } from "./end-job.ts";

/** Ends a job for a reason the control plane found itself: an input that is gone, an output that cannot be accepted. */
export async function failJob(
  ctx: ServiceContext,
  input: { lease: Lease; reason: JobReason; message: string },
): Promise<boolean> {
  authoriseSystem(ctx.caller);
  return transaction(ctx, async (tx) => {
    const held = and(eq(job.id, input.lease.id), eq(job.leaseToken, input.lease.token));
    const [row] = await tx.select().from(job).where(held).for("update");
    const next = row ? transition(row.status, "fail") : "refused";
    if (!row || next === "refused") return false;
    const now = ctx.now();
    const { reason, message } = input;
    await tx.update(job).set({ status: next, reason, message, endedAt: now }).where(held);
    await tx
      .update(attempt)
      .set({ status: "failed", reason, message, endedAt: now })
      .where(
        and(
          eq(attempt.jobId, row.id),
          eq(attempt.number, row.attemptCount),
          eq(attempt.status, "starting"),
        ),
      );
    await endJob(tx, ctx, row, "failed", reason);
    await record(tx, ctx, {
      action: "job.fail",
      noun: "job",
      nounId: row.id,
      before: { status: row.status },
      after: { status: next, reason, message },
    });
    await tellChanged(tx, row.organizationId, "job", row.id);
    return true;
  });
}
