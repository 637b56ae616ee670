import type { MetricSeries } from "@preceptor/domain";
import type { Point } from "./point.ts";

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/**
 * At most `maxPoints` points for a plot. Each stands for a bucket of neighbours and carries its last value with the bucket's
 * smallest and greatest, so no spike is lost however far one zooms out. `points` are ordered by step.
 */
export function downsample(
  points: readonly Point[],
  maxPoints: number,
): Pick<MetricSeries, "steps" | "timestampsMs" | "values" | "min" | "max"> {
  const buckets = Math.min(points.length, maxPoints);
  const steps: number[] = [];
  const timestampsMs: number[] = [];
  const values: (number | null)[] = [];
  const min: (number | null)[] = [];
  const max: (number | null)[] = [];
  for (let b = 0; b < buckets; b++) {
    const from = Math.floor((b * points.length) / buckets);
    const to = Math.floor(((b + 1) * points.length) / buckets);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let last: number | null = null;
    for (let i = from; i < to; i++) {
      const value = finite(points[i]?.value ?? Number.NaN);
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
      last = value;
    }
    const shown = points[to - 1];
    if (!shown) continue;
    steps.push(Number(shown.step));
    timestampsMs.push(shown.timestampMs);
    values.push(to - from === 1 ? finite(shown.value) : last);
    min.push(last === null ? null : low);
    max.push(last === null ? null : high);
  }
  return { steps, timestampsMs, values, min, max };
}
