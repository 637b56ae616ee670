import { evaluation } from "@preceptor/db";
import type { Evaluation } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { evaluationOfJob, lockEvaluationOf } from "./of-job.ts";
import { evaluationById } from "./view.ts";

/** The job ended without a report: its evaluation has failed. One that is settled stays as it is. */
export async function failEvaluation(
  ctx: ServiceContext,
  input: { readonly jobId: string; readonly reason: string },
): Promise<Evaluation> {
  authoriseSystem(ctx.caller);
  return transaction(ctx, async (tx) => {
    const row = await lockEvaluationOf(tx, ctx, await evaluationOfJob(tx, input.jobId));
    if (row.status !== "pending") return evaluationById(tx, row.id);
    await tx
      .update(evaluation)
      .set({ status: "failed", refusal: input.reason, completedAt: ctx.now() })
      .where(eq(evaluation.id, row.id));
    const failed = await evaluationById(tx, row.id);
    await record(tx, ctx, {
      action: "evaluation.fail",
      noun: "evaluation",
      nounId: row.id,
      after: failed,
    });
    await tellChanged(tx, ctx.caller.organizationId, "evaluation", row.id);
    return failed;
  });
}
