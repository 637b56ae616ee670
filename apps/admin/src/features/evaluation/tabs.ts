export const evaluationTabs = ["evaluations", "suites"] as const;
export type EvaluationTab = (typeof evaluationTabs)[number];
