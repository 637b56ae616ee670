import { expect, test } from "vitest";
import type { Gate } from "../promotion/promotion.ts";
import { blockingGates, judge, type SuiteEvidence } from "./judge.ts";

const score = (lower: number, upper: number, clusters = 100) => ({
  mean: (lower + upper) / 2,
  lower,
  upper,
  n: clusters,
  clusters,
});
const digest = `sha256:${"1".repeat(64)}`;
const evidence = (change: Partial<SuiteEvidence> = {}): SuiteEvidence => ({
  higherIsBetter: true,
  evaluation: { digest, score: score(0.7, 0.8) },
  champion: { kind: "none" },
  leakage: { kind: "counted", overlap: 0, compared: 100 },
  ...change,
});
const compared = (lower: number, upper: number, clusters = 100): SuiteEvidence["champion"] => ({
  kind: "compared",
  name: "old@1",
  digest,
  difference: score(lower, upper, clusters),
});
const none = { evaluation: null };
const suite = "quality@1";
const validity: Gate = { gate: "validity", suite };
const floor: Gate = { gate: "floor", suite, atLeast: 0.7 };
const inferiority: Gate = { gate: "non-inferiority", suite, margin: 0.05 };
const leakage: Gate = { gate: "leakage", suite };
const size: Gate = { gate: "sample-size", suite, patients: 100 };

test.each<[string, Gate, Partial<SuiteEvidence>, string]>([
  ["a complete evaluation is valid", validity, {}, "pass"],
  ["no evaluation is not-run, never a pass", validity, none, "not-run"],
  ["a lower bound exactly on the floor passes", floor, {}, "pass"],
  [
    "a mean above the floor with its lower bound under it fails",
    floor,
    { evaluation: { digest, score: score(0.69, 0.9) } },
    "fail",
  ],
  [
    "where less is better, the upper bound counts",
    floor,
    { higherIsBetter: false, evaluation: { digest, score: score(0.6, 0.71) } },
    "fail",
  ],
  [
    "few patients are insufficient, however good the score",
    floor,
    { evaluation: { digest, score: score(1, 1, 5) } },
    "insufficient",
  ],
  ["without a champion non-inferiority is not-run", inferiority, {}, "not-run"],
  [
    "a lower bound just above −margin passes",
    inferiority,
    { champion: compared(-0.0499, 0.02) },
    "pass",
  ],
  ["a lower bound exactly −margin fails", inferiority, { champion: compared(-0.05, 0.02) }, "fail"],
  [
    "where less is better, the upper bound of the difference must stay under the margin",
    inferiority,
    { higherIsBetter: false, champion: compared(-0.2, 0.05) },
    "fail",
  ],
  [
    "a champion that never took the suite is insufficient",
    inferiority,
    { champion: { kind: "not-comparable", name: "old@1", why: "it was not evaluated" } },
    "insufficient",
  ],
  [
    "a comparison over few patients is insufficient",
    inferiority,
    { champion: compared(0, 0.1, 10) },
    "insufficient",
  ],
  ["no patient in common passes", leakage, {}, "pass"],
  [
    "one patient in common fails",
    leakage,
    { leakage: { kind: "counted", overlap: 1, compared: 100 } },
    "fail",
  ],
  [
    "unknown patients are insufficient, not clean",
    leakage,
    { leakage: { kind: "unknown", why: "the test split names no patients" } },
    "insufficient",
  ],
  ["as many patients as asked pass", size, {}, "pass"],
  [
    "one patient fewer is insufficient",
    size,
    { evaluation: { digest, score: score(0.7, 0.8, 99) } },
    "insufficient",
  ],
])("%s", (_name, gate, change, outcome) => {
  const [result] = judge([gate], () => evidence(change));
  expect(result).toMatchObject({ gate: gate.gate, suite, outcome });
  expect(result?.rule).not.toBe("");
});

test("only an accepted not-run lets the board vote; a failure or an insufficiency never does", () => {
  const results = judge([floor, inferiority, size, leakage], () =>
    evidence({ evaluation: { digest, score: score(0.6, 0.8, 50) } }),
  );
  const names = (accept: "non-inferiority"[]) =>
    blockingGates(results, { acceptNotRun: accept }).map((one) => one.gate);
  expect(names([])).toEqual(["floor", "non-inferiority", "sample-size"]);
  expect(names(["non-inferiority"])).toEqual(["floor", "sample-size"]);
});
