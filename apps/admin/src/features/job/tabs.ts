export const jobTabs = ["overview", "logs", "attempts", "checkpoints", "spec", "lineage"] as const;
export type JobTab = (typeof jobTabs)[number];
