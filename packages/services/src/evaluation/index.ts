export { startEvaluation } from "./start.ts";
export { defineSuite } from "./define-suite.ts";
export { listSuites } from "./suites.ts";
export { importEvaluation, type ImportEvaluation } from "./import.ts";
export { listEvaluations } from "./list.ts";
export { getEvaluation } from "./get.ts";
export { compareEvaluations } from "./compare.ts";
