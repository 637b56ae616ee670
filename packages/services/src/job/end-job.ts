import { evaluation, run, type job } from "@preceptor/db";
import { reasonTable, type JobReason } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";

const runWord = { succeeded: "FINISHED", failed: "FAILED", cancelled: "KILLED" } as const;

/** What ends with a job, in the transaction that ends it: its run, and the evaluation it did not finish. */
export async function endJob(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller" | "now">,
  row: typeof job.$inferSelect,
  status: keyof typeof runWord,
  reason: JobReason | null,
): Promise<void> {
  await tx
    .update(run)
    .set({ status: runWord[status], endedAt: ctx.now() })
    .where(eq(run.id, row.runId));
  if (row.kind !== "evaluate" || status === "succeeded") return;
  const refusal = reason === null ? "The job ended without a report." : reasonTable[reason].wording;
  const failed = await tx
    .update(evaluation)
    .set({ status: "failed", refusal, completedAt: ctx.now() })
    .where(and(eq(evaluation.jobId, row.id), eq(evaluation.status, "pending")))
    .returning({ id: evaluation.id });
  for (const { id } of failed)
    await record(tx, ctx, {
      action: "evaluation.fail",
      noun: "evaluation",
      nounId: id,
      after: { status: "failed", refusal },
    });
}

/** An attempt begins (again): the run goes on. */
export async function reopenRun(tx: Transaction, runId: string): Promise<void> {
  await tx.update(run).set({ status: "RUNNING", endedAt: null }).where(eq(run.id, runId));
}
