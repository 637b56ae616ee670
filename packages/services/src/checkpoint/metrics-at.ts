import { metricLatest, metricSeries } from "@preceptor/db";
import { systemMetricPrefix } from "@preceptor/domain";
import { readMetricsAt } from "@preceptor/tracking";
import { and, eq, notLike } from "drizzle-orm";
import type { Transaction } from "../context.ts";

/** Value of each of the run's metrics at a step; without one (a final model), the last of each. */
export async function metricsAt(
  tx: Transaction,
  runId: string,
  step: number | null,
): Promise<Record<string, number>> {
  if (step !== null) return readMetricsAt(tx, runId, step);
  const rows = await tx
    .select({ key: metricSeries.key, value: metricLatest.value })
    .from(metricSeries)
    .innerJoin(metricLatest, eq(metricLatest.seriesId, metricSeries.id))
    .where(and(eq(metricSeries.runId, runId), notLike(metricSeries.key, `${systemMetricPrefix}%`)));
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}
