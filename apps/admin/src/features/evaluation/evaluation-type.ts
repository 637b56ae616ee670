import type { Outputs } from "../../api/types.ts";

export type EvaluationNow = Outputs["evaluation"]["get"];
export type SuiteNow = Outputs["evaluation"]["suites"][number];
export type IntervalNow = NonNullable<EvaluationNow["score"]>;

export const modelName = (evaluation: EvaluationNow): string =>
  `${evaluation.modelVersion.name}@${evaluation.modelVersion.version}`;
export const suiteName = (evaluation: EvaluationNow): string =>
  `${evaluation.suite.name}@${evaluation.suite.version}`;
/** Still to come: worth asking again. */
export const isLive = (evaluation: EvaluationNow): boolean =>
  evaluation.status === "pending" || evaluation.status === "running";
