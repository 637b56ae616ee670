export { applySurvey, type Confirmed } from "./apply.ts";
export { busyTargets, finishSurvey, type BusyTarget } from "./busy.ts";
export { loadSurveyed, type SurveyedJob } from "./load.ts";
