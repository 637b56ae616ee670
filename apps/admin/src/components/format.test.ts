import { expect, test } from "vitest";
import { formatCounted, formatDuration, formatSetDuration } from "./format.ts";

const [second, minute, hour] = [1000, 60_000, 3_600_000];

test.each([
  [90 * second, "1 min 30 s", "1 min 30 s"],
  [10 * minute, "10 min 00 s", "10 min"],
  [hour, "1 h 00 min", "1 h"],
  [hour + 30 * minute, "1 h 30 min", "1 h 30 min"],
  [24 * hour, "1 d 0 h", "1 d"],
  [0, "0 s", "0 s"],
])("%i ms run as %s and are set as %s", (ms, runs, set) => {
  expect([formatDuration(ms), formatSetDuration(ms)]).toEqual([runs, set]);
});

test("one is one, and many are told with their thousands apart", () => {
  expect([formatCounted(1, "node"), formatCounted(0, "node")]).toEqual(["1 node", "0 nodes"]);
  expect(formatCounted(1200, "process", "processes")).toBe("1,200 processes");
});
