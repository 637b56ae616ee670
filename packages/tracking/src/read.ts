import { metricLatest, metricSegment, metricSeries, type Transaction } from "@preceptor/db";
import { systemMetricPrefix } from "@preceptor/domain";
import { asc, eq, inArray, max } from "drizzle-orm";
import { decodeSegment } from "./codec.ts";
import { byStep, byTime, settle, type Point } from "./point.ts";

/** Every point of a run by key, each exact repeat once, ordered by step. */
export async function readRun(
  tx: Transaction,
  runId: string,
  keys?: readonly string[],
): Promise<Map<string, Point[]>> {
  const wanted = keys && new Set(keys);
  const rows = await tx
    .select({ data: metricSegment.data })
    .from(metricSegment)
    .where(eq(metricSegment.runId, runId))
    .orderBy(asc(metricSegment.id));
  const points = rows.flatMap(({ data }) => decodeSegment(data, wanted));
  const byKey = Map.groupBy(points, (point) => point.key);
  return new Map(
    [...byKey]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, group]) => [key, settle(group, byStep)]),
  );
}

/** One metric as MLflow's get-history gives it: ordered by time. */
export async function readHistory(
  tx: Transaction,
  runId: string,
  key: string,
): Promise<readonly Point[]> {
  const points = (await readRun(tx, runId, [key])).get(key) ?? [];
  return settle(points, byTime);
}

/** The greatest (step, time, value) of each key. */
export async function readLatest(tx: Transaction, runId: string): Promise<readonly Point[]> {
  return tx
    .select({
      key: metricSeries.key,
      step: metricLatest.step,
      timestampMs: metricLatest.timestampMs,
      value: metricLatest.value,
    })
    .from(metricSeries)
    .innerJoin(metricLatest, eq(metricLatest.seriesId, metricSeries.id))
    .where(eq(metricSeries.runId, runId))
    .orderBy(asc(metricSeries.key));
}

/**
 * What a checkpoint is labelled with: the value of each key at its greatest step up to `step`. Readings of the machine count
 * seconds, not steps, and are left out; so is what is no finite number.
 */
export async function readMetricsAt(
  tx: Transaction,
  runId: string,
  step: number,
): Promise<Record<string, number>> {
  const metrics: Record<string, number> = {};
  for (const [key, points] of await readRun(tx, runId)) {
    if (key.startsWith(systemMetricPrefix)) continue;
    const found = points.findLast((point) => point.step <= BigInt(step));
    if (found && Number.isFinite(found.value)) metrics[key] = found.value;
  }
  return metrics;
}

/** A number for each run that grows whenever points are added; 0 while it has none. */
export async function readMarks(
  tx: Transaction,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .select({ runId: metricSegment.runId, mark: max(metricSegment.id) })
    .from(metricSegment)
    .where(inArray(metricSegment.runId, [...runIds]))
    .groupBy(metricSegment.runId);
  return new Map(runIds.map((id) => [id, rows.find((row) => row.runId === id)?.mark ?? 0]));
}
