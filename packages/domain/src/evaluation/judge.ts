import type { Gate, GateOutcome, GateResult, Policy } from "../promotion/promotion.ts";
import type { Interval } from "./evaluation.ts";

/** Fewer independent patients than this give a percentile interval that is too narrow to decide on. */
export const MINIMUM_CLUSTERS = 20;

/** What is known of one suite for one candidate when it is judged. */
export interface SuiteEvidence {
  readonly higherIsBetter: boolean;
  /** The newest complete evaluation of exactly this model; null where there is none. */
  readonly evaluation: { readonly digest: string; readonly score: Interval } | null;
  /** Against the model now serving the purpose. */
  readonly champion:
    | { readonly kind: "none" }
    | { readonly kind: "not-comparable"; readonly name: string; readonly why: string }
    | {
        readonly kind: "compared";
        readonly name: string;
        readonly digest: string;
        readonly difference: Interval;
      };
  /** Patients of the test split found in a training ancestor; null where patients are not known on both sides. */
  readonly leakage:
    | { readonly kind: "unknown"; readonly why: string }
    | { readonly kind: "counted"; readonly overlap: number; readonly compared: number };
}

type Found = readonly [outcome: GateOutcome, finding: string, evidence?: readonly string[]];
type JudgeOf<K extends Gate["gate"]> = (
  gate: Extract<Gate, { gate: K }>,
  evidence: SuiteEvidence,
) => { readonly rule: string; readonly found: Found };

const judges: { readonly [K in Gate["gate"]]: JudgeOf<K> } = {
  validity: (_gate, evidence) => ({
    rule: "evaluated on the whole test split, and on exactly this model",
    found: ofScore(evidence, (score) => ["pass", `complete: ${shown(score)}`]),
  }),
  floor: ({ atLeast }, evidence) => ({
    rule: evidence.higherIsBetter
      ? `lower bound of the 95 % interval ≥ ${atLeast}`
      : `upper bound of the 95 % interval ≤ ${atLeast}`,
    found: ofScore(evidence, (score) =>
      enoughClusters(score, () => [
        (evidence.higherIsBetter ? score.lower >= atLeast : score.upper <= atLeast)
          ? "pass"
          : "fail",
        shown(score),
      ]),
    ),
  }),
  "non-inferiority": ({ margin }, evidence) => ({
    rule: evidence.higherIsBetter
      ? `lower bound of the paired difference to the champion > −${margin}`
      : `upper bound of the paired difference to the champion < ${margin}`,
    found: ofScore(evidence, () => againstChampion(evidence, margin)),
  }),
  leakage: (_gate, { leakage }) => ({
    rule: "no patient of the test split is in any training data, base models' included",
    found:
      leakage.kind === "unknown"
        ? ["insufficient", leakage.why]
        : [
            leakage.overlap === 0 ? "pass" : "fail",
            `${leakage.overlap} of ${leakage.compared} test patients are in the training data`,
          ],
  }),
  "sample-size": ({ patients }, evidence) => ({
    rule: `at least ${patients} independent patients`,
    found: ofScore(evidence, (score) => [
      score.clusters >= patients ? "pass" : "insufficient",
      `${score.clusters} patients`,
    ]),
  }),
};

/** Judges each gate of a policy; a suite without any evidence is `not-run`. */
export function judge(
  gates: readonly Gate[],
  evidenceOf: (suite: string) => SuiteEvidence,
): readonly GateResult[] {
  return gates.map((gate) => {
    const { rule, found } = judgeOne(gate, evidenceOf(gate.suite));
    const [outcome, finding, evidence = []] = found;
    return { gate: gate.gate, suite: gate.suite, outcome, rule, finding, evidence };
  });
}

/** The gates that keep a request from the board: `fail` always, the rest unless the policy accepts it. */
export const blockingGates = (
  results: readonly GateResult[],
  policy: Pick<Policy, "acceptNotRun">,
): readonly GateResult[] =>
  results.filter(
    ({ gate, outcome }) =>
      outcome === "fail" ||
      outcome === "insufficient" ||
      (outcome === "not-run" && !(policy.acceptNotRun as readonly string[]).includes(gate)),
  );

function judgeOne(gate: Gate, evidence: SuiteEvidence) {
  switch (gate.gate) {
    case "validity":
      return judges.validity(gate, evidence);
    case "floor":
      return judges.floor(gate, evidence);
    case "non-inferiority":
      return judges["non-inferiority"](gate, evidence);
    case "leakage":
      return judges.leakage(gate, evidence);
    case "sample-size":
      return judges["sample-size"](gate, evidence);
  }
}

function ofScore({ evaluation }: SuiteEvidence, found: (score: Interval) => Found): Found {
  if (!evaluation) return ["not-run", "no complete evaluation of this model on this suite"];
  const [outcome, finding, evidence = []] = found(evaluation.score);
  return [outcome, finding, [evaluation.digest, ...evidence]];
}

function againstChampion({ champion, higherIsBetter }: SuiteEvidence, margin: number): Found {
  if (champion.kind === "none") return ["not-run", "nothing serves this purpose yet"];
  if (champion.kind === "not-comparable")
    return ["insufficient", `the champion ${champion.name} cannot be compared: ${champion.why}`];
  const { difference, name, digest } = champion;
  return enoughClusters(difference, () => [
    (higherIsBetter ? difference.lower > -margin : difference.upper < margin) ? "pass" : "fail",
    `${shown(difference)} against ${name}`,
    [digest],
  ]);
}

const enoughClusters = (score: Interval, found: () => Found): Found =>
  score.clusters < MINIMUM_CLUSTERS
    ? [
        "insufficient",
        `${shown(score)}: ${score.clusters} patients are too few for an interval (${MINIMUM_CLUSTERS} wanted)`,
      ]
    : found();

const shown = ({ mean, lower, upper, n, clusters }: Interval): string =>
  `${mean.toFixed(3)} [${lower.toFixed(3)}, ${upper.toFixed(3)}], n = ${n} of ${clusters} patients`;
