import type { MetricKey } from "@preceptor/domain";
import { readRun } from "@preceptor/tracking";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { latestOf } from "./read-metrics.ts";
import { runsOfJobs } from "./run-access.ts";

/** What a job logged so far, by key. */
export async function listMetricKeys(
  ctx: ServiceContext,
  input: { jobId: string },
): Promise<MetricKey[]> {
  authorise(ctx.caller, "metric:read");
  return reading(ctx, async (tx) => {
    const [run] = await runsOfJobs(tx, [input.jobId]);
    if (!run) return [];
    return [...(await readRun(tx, run.runId))].flatMap(([key, points]) => {
      const last = points.at(-1);
      return last ? [{ key, latest: latestOf(last), points: points.length }] : [];
    });
  });
}
