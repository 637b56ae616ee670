import type { Outputs } from "../../../api/types.ts";

export type JobNow = Outputs["job"]["get"];
export type AttemptNow = JobNow["attemptList"][number];
