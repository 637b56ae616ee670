export { applySurvey, type Confirmed } from "./apply.ts";
export { claimSurveys, finishSurvey, type SurveyTurn } from "./claim.ts";
export { loadSurveyed, type SurveyedJob } from "./load.ts";
