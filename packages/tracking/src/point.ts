/** One reading as it is kept: a 64-bit step, Unix milliseconds, and an exact float64. */
export interface Point {
  readonly key: string;
  readonly step: bigint;
  readonly timestampMs: number;
  readonly value: number;
}

/** NaN stands after every number; −0 and 0 are one value. */
const compareValues = (a: number, b: number): number => {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return a < b ? -1 : a > b ? 1 : 0;
};
const compareSteps = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of "latest": step, then time, then value. */
export const byStep = (a: Point, b: Point): number =>
  compareSteps(a.step, b.step) || a.timestampMs - b.timestampMs || compareValues(a.value, b.value);

/** The order of a history as MLflow gives it: time, then step, then value. */
export const byTime = (a: Point, b: Point): number =>
  a.timestampMs - b.timestampMs || compareSteps(a.step, b.step) || compareValues(a.value, b.value);

/** Sorted, each exact repeat once: a client that got no answer sends its batch again. */
export function settle(points: readonly Point[], order: (a: Point, b: Point) => number): Point[] {
  const sorted = points.toSorted(order);
  return sorted.filter((point, i) => {
    const previous = sorted[i - 1];
    return previous === undefined || order(previous, point) !== 0;
  });
}
