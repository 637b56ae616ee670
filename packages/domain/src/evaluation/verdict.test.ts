import { expect, test } from "vitest";
import { verdictOf } from "./verdict.ts";

const cases: readonly [string, number, number, number, boolean, string][] = [
  ["an interval above zero is better where higher is", 0.01, 0.1, 50, true, "better"],
  ["an interval above zero is worse where lower is better", 0.01, 0.1, 50, false, "worse"],
  ["an interval below zero is worse where higher is better", -0.2, -0.1, 50, true, "worse"],
  ["an interval over zero shows nothing", -0.01, 0.1, 50, true, "not-shown"],
  ["an interval that touches zero shows nothing", 0, 0.1, 50, true, "not-shown"],
  ["few patients show nothing, however clear it looks", 0.2, 0.3, 8, true, "too-few"],
];
test.each(cases)("%s", (_name, lower, upper, clusters, higherIsBetter, expected) => {
  const difference = { mean: (lower + upper) / 2, lower, upper, n: 100, clusters };
  expect(verdictOf(difference, higherIsBetter)).toBe(expected);
});
