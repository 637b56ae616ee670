import { expect, test } from "vitest";
import type { EvaluationComparison } from "../../connection/wire.ts";
import { paintFor } from "../../render/paint.ts";
import { comparisonText, intervalText } from "./text.ts";

const between = (lower: number, upper: number, clusters = 40) => ({
  mean: (lower + upper) / 2,
  lower,
  upper,
  n: clusters,
  clusters,
});

test("a score that is not there is a dash", () => {
  expect(intervalText(null)).toBe("–");
  expect(intervalText(between(0.77, 0.85))).toBe("0.810 [0.770, 0.850]");
});

test("a comparison is a line a suite, with both scores, the difference and what it says", () => {
  const of = (name: string, lower: number, upper: number): EvaluationComparison["candidate"] => ({
    id: `evl_${name}`,
    suite: {
      id: "evs",
      name: "quality",
      version: 1,
      title: "Quality",
      metric: "acc",
      higherIsBetter: true,
      chance: null,
    },
    modelVersion: { id: "mdv", name, version: 1, digest: "sha256:0" },
    jobId: "job",
    status: "complete",
    refusal: null,
    score: between(lower, upper),
    digest: "sha256:1",
    testSet: { datasetVersionId: "dsv", reference: "dataset://notes@1/test", digest: "sha256:2" },
    seed: 1,
    createdAt: "2026-01-01T00:00:00Z",
    completedAt: "2026-01-01T00:00:00Z",
  });
  const comparison = {
    candidate: of("tuned", 0.7, 0.9),
    other: of("base", 0.2, 0.4),
    difference: between(0.4, 0.6),
    wins: 22,
    losses: 2,
    ties: 16,
    seed: 1,
    resamples: 10_000,
  };
  expect(comparisonText([comparison], paintFor(false)).split("\n").slice(0, 2)).toEqual([
    "suite      metric  tuned@1               base@1                tuned@1 − base@1      better / alike / worse  patients  the candidate is",
    "quality@1  acc ↑   0.800 [0.700, 0.900]  0.300 [0.200, 0.400]  0.500 [0.400, 0.600]  22 / 16 / 2                   40  better",
  ]);
});
