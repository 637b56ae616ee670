import { faultsOf, JobSpec, planJob, type CostEstimate, type JobIssue } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { loadFacts } from "./facts.ts";
import { missingCodeOf } from "./missing-code.ts";

export interface JobValidation {
  readonly ok: boolean;
  readonly issues: readonly JobIssue[];
  /** The spec with its defaults filled in, when its shape is right. */
  readonly spec?: JobSpec;
  /** What it may come to, where its target has a price. */
  readonly cost?: CostEstimate | null;
}

/** Everything wrong with a spec at once, writing nothing: what a form or `--dry-run` shows. */
export async function validateJob(
  ctx: ServiceContext,
  input: { spec: unknown },
): Promise<JobValidation> {
  authorise(ctx.caller, "job:submit");
  const parsed = JobSpec.safeParse(input.spec);
  if (!parsed.success) return { ok: false, issues: faultsOf(parsed.error) };
  const spec = parsed.data;
  const missingCode = await missingCodeOf(ctx, spec);
  const outcome = await reading(ctx, async (tx) =>
    planJob(spec, await loadFacts(tx, ctx, spec, missingCode)),
  );
  return "issues" in outcome
    ? { ok: false, issues: outcome.issues, spec }
    : { ok: true, issues: [], spec, cost: outcome.plan.cost };
}
