import { expect, test } from "vitest";
import { positive, smooth } from "./series.ts";

test("a constant series stays what it is, from its first point", () => {
  expect(smooth([3, 3, 3], 0.9).map((v) => v && Math.round(v * 1e9) / 1e9)).toEqual([3, 3, 3]);
});
test("no weight means no smoothing", () => expect(smooth([1, 5, 2], 0)).toEqual([1, 5, 2]));
test("a gap stays a gap and does not pull the mean", () => {
  const [first, gap, last] = smooth([2, null, 2], 0.5);
  expect([first, gap, last]).toEqual([2, null, 2]);
});
test("a logarithmic axis leaves out zero and below", () => {
  expect(positive([-1, 0, null, 0.1])).toEqual([null, null, null, 0.1]);
});
