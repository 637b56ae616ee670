import { verdictOf, type Interval, type Verdict } from "@preceptor/domain";
import type { Evaluation, EvaluationComparison } from "../../connection/wire.ts";
import { count } from "../../render/figure.ts";
import { paintStatus, type Paint } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { facts, table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const modelOf = ({ modelVersion }: Pick<Evaluation, "modelVersion">): string =>
  `${modelVersion.name}@${modelVersion.version}`;
export const suiteOf = ({ suite }: Pick<Evaluation, "suite">): string =>
  `${suite.name}@${suite.version}`;

/** `0.810 [0.770, 0.850]`: a mean with its 95 % interval. */
export const intervalText = (of: Pick<Interval, "mean" | "lower" | "upper"> | null): string =>
  of === null ? "–" : `${of.mean.toFixed(3)} [${of.lower.toFixed(3)}, ${of.upper.toFixed(3)}]`;

const words: Readonly<Record<Verdict, string>> = {
  better: "better",
  worse: "worse",
  "not-shown": "no difference shown",
  "too-few": "too few patients to say",
};
const shades: Readonly<Partial<Record<Verdict, "good" | "bad">>> = { better: "good", worse: "bad" };

export function evaluationText(evaluation: Evaluation, paint: Paint): string {
  const { suite, score } = evaluation;
  return facts(paint, [
    ["evaluation", evaluation.id],
    ["status", paintStatus(paint, evaluation.status)],
    ["why", evaluation.refusal === null ? null : printable(evaluation.refusal)],
    ["model", `${modelOf(evaluation)}  ${evaluation.modelVersion.digest}`],
    ["suite", `${suiteOf(evaluation)}  ${printable(suite.title)}`],
    ["metric", `${suite.metric}, ${suite.higherIsBetter ? "higher" : "lower"} is better`],
    ["score", score && `${intervalText(score)}, a mean with its 95 % interval`],
    ["chance", suite.chance === null ? null : suite.chance.toFixed(3)],
    ["items", score && `${count(score.n)} of ${count(score.clusters)} patients`],
    ["test split", `${evaluation.testSet.reference}  ${evaluation.testSet.digest}`],
    ["report", evaluation.digest],
    ["job", evaluation.jobId],
    ["started", time(evaluation.createdAt)],
    ["complete", evaluation.completedAt === null ? null : time(evaluation.completedAt)],
  ]);
}

/** A line a suite: both scores, their paired difference, and what it says. */
export function comparisonText(all: readonly EvaluationComparison[], paint: Paint): string {
  const rows = all.map((one) => {
    const { candidate, other, difference } = one;
    const verdict = verdictOf(difference, candidate.suite.higherIsBetter);
    const shade = shades[verdict];
    return [
      suiteOf(candidate),
      `${candidate.suite.metric} ${candidate.suite.higherIsBetter ? "↑" : "↓"}`,
      intervalText(candidate.score),
      intervalText(other.score),
      intervalText(difference),
      `${count(one.wins)} / ${count(one.ties)} / ${count(one.losses)}`,
      count(difference.clusters),
      shade === undefined ? words[verdict] : paint(shade, words[verdict]),
    ];
  });
  const first = all[0];
  const names = first ? `${modelOf(first.candidate)} − ${modelOf(first.other)}` : "difference";
  const headings = [
    "suite",
    "metric",
    first ? modelOf(first.candidate) : "candidate",
    first ? modelOf(first.other) : "other",
    names,
    "better / alike / worse",
    "#patients",
    "the candidate is",
  ];
  return `${table(paint, headings, rows)}\n\nMeans with 95 % intervals (bootstrap over whole patients); the difference is taken item by item.`;
}
