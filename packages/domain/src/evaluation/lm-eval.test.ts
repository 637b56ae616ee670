import { expect, test } from "vitest";
import { readItemLine } from "./item-row.ts";
import { readLmEval } from "./lm-eval.ts";

const wanted = { task: "discharge_quality", metric: "acc", filter: "none" };
const report = (change: object = {}) => ({
  results: { discharge_quality: { alias: "discharge_quality", "acc,none": 0.8 } },
  "n-samples": { discharge_quality: { original: 320, effective: 320 } },
  config: { limit: null, bootstrap_iters: 0 },
  versions: { discharge_quality: 1 },
  "n-shot": { discharge_quality: 0 },
  ...change,
});

test("a whole run gives the figure of its metric and filter, and how it was run", () => {
  expect(readLmEval(report(), wanted)).toMatchObject({
    ok: true,
    value: 0.8,
    n: 320,
    configuration: { taskVersion: "1", fewShot: 0, harness: null },
  });
});

test.each([
  ["a run with a limit", report({ config: { limit: 10 } }), /limited \(limit 10\)/],
  [
    "a run that scored fewer items than there are",
    report({ "n-samples": { discharge_quality: { original: 320, effective: 300 } } }),
    /300 of 320/,
  ],
  ["a report of another task", report({ results: { other: {} } }), /no task discharge_quality/],
  [
    "a report without the metric under that filter",
    report({ results: { discharge_quality: { "acc,strict": 1 } } }),
    /no figure for acc,none/,
  ],
  [
    "a figure that is not a number",
    report({ results: { discharge_quality: { "acc,none": "N/A" } } }),
    /no figure/,
  ],
  ["something else entirely", { hello: "world" }, /not results.json/],
])("%s is refused", (_name, candidate, reason) => {
  const read = readLmEval(candidate, wanted);
  expect(read).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
});

test("text never enters through a version field", () => {
  const read = readLmEval(report({ lm_eval_version: "Mrs Smith, 83, was admitted" }), wanted);
  expect(read).toMatchObject({ ok: true, configuration: { harness: null } });
});

const row = { item: "a".repeat(64), cluster: "b".repeat(32), metric: "acc", filter: "none" };
test.each([
  ["a score of the metric asked for", { ...row, value: 1 }, "score"],
  ["another metric's score", { ...row, metric: "acc_norm", value: 1 }, "other-metric"],
  ["a row with a key more", { ...row, value: 1, text: "patient was admitted" }, "refused"],
  ["a row whose item is not a hash", { ...row, item: "Mrs Smith", value: 1 }, "refused"],
  ["a row whose value is text", { ...row, value: "good" }, "refused"],
])("%s is %s", (_name, candidate, kind) => {
  const read = readItemLine(JSON.stringify(candidate), 3, wanted);
  expect(read.kind).toBe(kind);
  if (read.kind === "refused") expect(read.reason).not.toMatch(/Smith|admitted|good/);
});
