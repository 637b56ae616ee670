import { DomainError } from "@preceptor/domain";
import { readHistory, type Point } from "@preceptor/tracking";
import { decodeCursor, encodeCursor, part } from "../cursor.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { runFor } from "./run-access.ts";

export interface GetHistory {
  readonly runId: string;
  readonly key: string;
  /** Absent means all of it. */
  readonly maxResults?: number | undefined;
  readonly pageToken?: string | undefined;
}
const MAX_PAGE = 25_000;

/** One metric, ordered by time. The page token is the last point seen, so it stays good while points arrive. */
export async function getMetricHistory(
  ctx: ServiceContext,
  input: GetHistory,
): Promise<{ points: readonly Point[]; nextPageToken: string | null }> {
  const { maxResults } = input;
  if (maxResults !== undefined && (maxResults < 1 || maxResults > MAX_PAGE))
    throw new DomainError("invalid", `max_results must be from 1 to ${MAX_PAGE}.`, {
      field: "max_results",
    });
  const all = await reading(ctx, async (tx) => {
    await runFor(tx, ctx.caller, input.runId, "read");
    return readHistory(tx, input.runId, input.key);
  });
  const seen = decodeCursor(input.pageToken, [part.integer, part.integer, part.text]);
  const rest = seen ? all.slice(1 + all.findLastIndex((point) => !isAfter(point, seen))) : all;
  const points = maxResults === undefined ? rest : rest.slice(0, maxResults);
  const last = points.at(-1);
  return {
    points,
    nextPageToken: last && points.length < rest.length ? encodeCursor(...placeOf(last)) : null,
  };
}

const placeOf = (point: Point): [string, string, string] => [
  String(point.timestampMs),
  String(point.step),
  String(point.value),
];
function isAfter(point: Point, [time, step, value]: readonly string[]): boolean {
  const byTime = point.timestampMs - Number(time);
  if (byTime !== 0) return byTime > 0;
  const seenStep = BigInt(step ?? 0);
  if (point.step !== seenStep) return point.step > seenStep;
  const seenValue = Number(value);
  if (Number.isNaN(seenValue)) return false;
  return Number.isNaN(point.value) || point.value > seenValue;
}
