import { JobSpec, type Evaluation, type Job, type StartEvaluation } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { acceptJob, type Submitter } from "../job/index.ts";
import { jobById } from "../job/view.ts";
import { modelVersionByReference } from "../model/view.ts";
import { transaction } from "../transaction.ts";
import { evaluationOfJob, lockEvaluationOf } from "./of-job.ts";
import { suiteByReference } from "./suite.ts";
import { evaluationById } from "./view.ts";

/**
 * Starts a job that runs the suite on the model, with the evaluation that waits for its report, at once or not at all. The same
 * key again is the same evaluation. The worker starts one for whoever submitted the training job (`submitter`).
 */
export async function startEvaluation(
  ctx: ServiceContext,
  input: StartEvaluation,
  options: { readonly submitter?: Submitter } = {},
): Promise<{ job: Job; evaluation: Evaluation }> {
  authorise(ctx.caller, "job:submit");
  return transaction(ctx, async (tx) => {
    const suite = await suiteByReference(tx, input.suite);
    const model = await modelVersionByReference(tx, input.model);
    const spec = JobSpec.parse({
      name: `${suite.name.slice(0, 40)}-evaluation`.replace(/-+/g, "-"),
      kind: "evaluate",
      recipe: suite.recipe,
      inputs: { model: `model://${model.name}@${model.version}`, test: suite.test },
      parameters: { task: suite.task },
      compute: { target: input.target },
      distribution: "none",
      evaluate: [input.suite],
    });
    const { jobId, repeated } = await acceptJob(
      tx,
      ctx,
      { spec, idempotencyKey: input.idempotencyKey },
      options,
    );
    const row = await lockEvaluationOf(tx, ctx, await evaluationOfJob(tx, jobId));
    const evaluation = await evaluationById(tx, row.id);
    if (!repeated)
      await record(tx, ctx, {
        action: "evaluation.start",
        noun: "evaluation",
        nounId: row.id,
        after: evaluation,
        evidence: model.digest,
      });
    return { job: await jobById(tx, jobId, ctx.now()), evaluation };
  });
}
