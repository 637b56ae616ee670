import { readMarks } from "@preceptor/tracking";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { runsOfJobs } from "./run-access.ts";

/** A number for each job that grows whenever it logs something: cheap to ask again and again. */
export async function newestMetricMarks(
  ctx: ServiceContext,
  input: { jobIds: readonly string[] },
): Promise<readonly { jobId: string; runId: string; mark: number }[]> {
  authorise(ctx.caller, "metric:read");
  return reading(ctx, async (tx) => {
    const runs = await runsOfJobs(tx, input.jobIds);
    const marks = await readMarks(
      tx,
      runs.map(({ runId }) => runId),
    );
    return runs.map((run) => ({ ...run, mark: marks.get(run.runId) ?? 0 }));
  });
}
