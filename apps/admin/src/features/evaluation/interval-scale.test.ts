import { expect, test } from "vitest";
import { placeOn, scaleOver } from "./interval-scale.ts";

test("the axis ends on round ticks around all values", () => {
  expect(scaleOver([0.25, 0.612, 0.71]).ticks).toEqual([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]);
  expect(scaleOver([-0.03, 0, 0.08]).ticks).toEqual([-0.05, 0, 0.05, 0.1]);
});

test("one value only, or zero only, still gives an axis", () => {
  for (const values of [[0.5], [0], []]) {
    const scale = scaleOver(values);
    expect(scale.max).toBeGreaterThan(scale.min);
    for (const value of values) expect(placeOn(scale, value)).toBeGreaterThanOrEqual(0);
  }
});

test("a value stands in its place", () => {
  expect(placeOn({ min: 0, max: 2, ticks: [] }, 0.5)).toBe(25);
});
