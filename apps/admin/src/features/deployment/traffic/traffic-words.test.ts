import { expect, it } from "vitest";
import { figuresInWords, partInWords, splitInWords, type PartNow } from "./traffic-words.ts";

const nothing = { requests: 0, errors: 0, latencyMs: null };
const part = (more: Partial<PartNow>): PartNow => ({
  deploymentId: "dep_1",
  model: "summary@2",
  routed: false,
  percent: 0,
  mirrorPercent: 0,
  stage: "pilot",
  status: "healthy",
  desired: "serving",
  wantedPercent: 0,
  wantedMirrorPercent: 0,
  lastHour: { answered: nothing, mirrored: nothing, passedOn: 0 },
  ...more,
});

it.each([
  ["90 % of requests", part({ routed: true, percent: 90, wantedPercent: 100 })],
  ["10 % of requests", part({ percent: 10, wantedPercent: 10 })],
  ["copies of 5 %", part({ mirrorPercent: 5, wantedMirrorPercent: 5 })],
  ["10 % once it is healthy", part({ status: "starting", wantedPercent: 10 })],
  ["no requests, ready", part({})],
  ["no requests", part({ status: "unhealthy" })],
  ["being stopped", part({ desired: "stopped" })],
])("%s", (words, of) => {
  expect(partInWords(of)).toBe(words);
});

it("figures name their units, and say nothing of latency without requests", () => {
  expect(figuresInWords(nothing)).toBe("0 requests");
  expect(figuresInWords({ requests: 1, errors: 0, latencyMs: { median: 80, p95: 2340 } })).toBe(
    "1 request, 0 errors, median 80 ms, 95th percentile 2.3 s",
  );
});

it("a split is one line", () => {
  const blue = { ...part({ routed: true, percent: 100 }), model: "summary@1" };
  expect(splitInWords([blue, part({ mirrorPercent: 5 })])).toBe(
    "summary@1 100 %, summary@2 copies of 5 %",
  );
  expect(splitInWords([])).toBe("nothing answered");
});
