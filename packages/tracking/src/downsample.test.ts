import { expect, test } from "vitest";
import { downsample } from "./downsample.ts";
import type { Point } from "./point.ts";

const series = (values: readonly number[]): Point[] =>
  values.map((value, i) => ({ key: "loss", step: BigInt(i), timestampMs: i * 1000, value }));

test("few points are shown as they are, what is no number as a gap", () => {
  expect(downsample(series([1, Number.NaN, 3]), 10)).toEqual({
    steps: [0, 1, 2],
    timestampsMs: [0, 1000, 2000],
    values: [1, null, 3],
    min: [1, null, 3],
    max: [1, null, 3],
  });
});

test("a single spike among a hundred thousand points stays visible in the envelope", () => {
  const values = Array.from({ length: 100_000 }, () => 1);
  values[54_321] = 99;
  values[12_345] = Number.NaN;
  const plot = downsample(series(values), 500);
  expect(plot.steps).toHaveLength(500);
  expect(Math.max(...plot.max.map((v) => v ?? 0))).toBe(99);
  expect(plot.values.every((v) => v === 1)).toBe(true);
  expect(plot.steps.at(-1)).toBe(99_999);
});
