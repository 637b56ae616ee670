import {
  metricLatest,
  metricSegment,
  metricSeries,
  type Database,
  type Transaction,
} from "@preceptor/db";
import { and, eq, inArray, or, sql } from "drizzle-orm";
import { encodeSegment } from "./codec.ts";
import type { Batch } from "./ingest.ts";
import { byStep, type Point } from "./point.ts";
import { inOrganization } from "./scope.ts";

/** Ids of series that are known to be committed, by `run key`. */
export type SeriesIds = Map<string, number>;
const ROWS_A_STATEMENT = 5_000;

const nameOf = (runId: string, key: string): string => `${runId} ${key}`;

/** Writes the batches of one organization in one transaction; returns the ids of the series they touched. */
export async function writeBatches(
  db: Database,
  batches: readonly Batch[],
  known: SeriesIds,
): Promise<SeriesIds> {
  const organizationId = batches[0]?.organizationId;
  if (organizationId === undefined) return new Map();
  const runs = Map.groupBy(batches, (batch) => batch.runId);
  return inOrganization(db, organizationId, async (tx) => {
    const segments = [...runs].map(([runId, of]) => {
      const points = of.flatMap((batch) => batch.points);
      return { organizationId, runId, points: points.length, data: encodeSegment(points) };
    });
    await tx.insert(metricSegment).values(segments);
    const latest = latestOf(batches);
    const ids = await seriesIdsOf(tx, organizationId, latest, known);
    await raiseLatest(tx, organizationId, latest, ids);
    for (const runId of runs.keys())
      await tx.execute(sql`select pg_notify('changed', ${`${organizationId}:metric:${runId}`})`);
    return ids;
  });
}

interface Latest {
  readonly runId: string;
  readonly point: Point;
}
function latestOf(batches: readonly Batch[]): Map<string, Latest> {
  const latest = new Map<string, Latest>();
  for (const { runId, points } of batches)
    for (const point of points) {
      const name = nameOf(runId, point.key);
      const before = latest.get(name);
      if (before === undefined || byStep(before.point, point) < 0)
        latest.set(name, { runId, point });
    }
  return latest;
}

/** New series are made in the order of their names, so that two processes cannot wait for each other. */
async function seriesIdsOf(
  tx: Transaction,
  organizationId: string,
  latest: ReadonlyMap<string, Latest>,
  known: SeriesIds,
): Promise<SeriesIds> {
  const ids: SeriesIds = new Map();
  const missing: Latest[] = [];
  for (const name of [...latest.keys()].sort()) {
    const id = known.get(name);
    const entry = latest.get(name);
    if (id !== undefined) ids.set(name, id);
    else if (entry) missing.push(entry);
  }
  for (const part of chunks(missing)) {
    await tx
      .insert(metricSeries)
      .values(part.map(({ runId, point }) => ({ organizationId, runId, key: point.key })))
      .onConflictDoNothing();
    const perRun = Map.groupBy(part, (entry) => entry.runId);
    const rows = await tx
      .select({ id: metricSeries.id, runId: metricSeries.runId, key: metricSeries.key })
      .from(metricSeries)
      .where(
        or(
          ...[...perRun].map(([runId, entries]) =>
            and(
              eq(metricSeries.runId, runId),
              inArray(
                metricSeries.key,
                entries.map((entry) => entry.point.key),
              ),
            ),
          ),
        ),
      );
    for (const { id, runId, key } of rows) ids.set(nameOf(runId, key), id);
  }
  return ids;
}

async function raiseLatest(
  tx: Transaction,
  organizationId: string,
  latest: ReadonlyMap<string, Latest>,
  ids: SeriesIds,
): Promise<void> {
  const rows = [...latest].flatMap(([name, { point }]) => {
    const seriesId = ids.get(name);
    if (seriesId === undefined) return [];
    const { step, timestampMs, value } = point;
    return [{ seriesId, organizationId, step, timestampMs, value }];
  });
  rows.sort((a, b) => a.seriesId - b.seriesId);
  for (const part of chunks(rows))
    await tx
      .insert(metricLatest)
      .values(part)
      .onConflictDoUpdate({
        target: metricLatest.seriesId,
        set: {
          step: sql`excluded.step`,
          timestampMs: sql`excluded.timestamp_ms`,
          value: sql`excluded.value`,
        },
        setWhere: sql`(excluded.step, excluded.timestamp_ms, excluded.value) > (metric_latest.step, metric_latest.timestamp_ms, metric_latest.value)`,
      });
}

function chunks<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < rows.length; i += ROWS_A_STATEMENT)
    parts.push(rows.slice(i, i + ROWS_A_STATEMENT));
  return parts;
}
