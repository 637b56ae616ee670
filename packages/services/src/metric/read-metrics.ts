import type { MetricSeries, ReadMetrics } from "@preceptor/domain";
import { downsample, readRun, type Point } from "@preceptor/tracking";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { runsOfJobs } from "./run-access.ts";

/** The curves of up to five jobs, thinned for a plot. A key a job never logged is simply not in the answer. */
export async function readMetrics(
  ctx: ServiceContext,
  input: ReadMetrics,
): Promise<MetricSeries[]> {
  authorise(ctx.caller, "metric:read");
  return reading(ctx, async (tx) => {
    const series: MetricSeries[] = [];
    for (const { jobId, runId } of await runsOfJobs(tx, input.jobIds))
      for (const [key, points] of await readRun(tx, runId, input.keys))
        series.push(seriesOf(jobId, key, points, input));
    return series;
  });
}

function seriesOf(
  jobId: string,
  key: string,
  points: readonly Point[],
  { fromStep, toStep, maxPoints }: ReadMetrics,
): MetricSeries {
  const inside = points.filter(
    ({ step }) =>
      (fromStep === undefined || step >= BigInt(fromStep)) &&
      (toStep === undefined || step <= BigInt(toStep)),
  );
  const last = points.at(-1);
  return {
    jobId,
    key,
    points: inside.length,
    ...downsample(inside, maxPoints),
    latest: last ? latestOf(last) : null,
  };
}

export const latestOf = (
  point: Point,
): { step: number; value: number | null; timestampMs: number } => ({
  step: Number(point.step),
  value: Number.isFinite(point.value) ? point.value : null,
  timestampMs: point.timestampMs,
});
