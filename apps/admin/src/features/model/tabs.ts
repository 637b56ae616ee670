export const modelTabs = ["overview", "files", "lineage"] as const;
export type ModelTab = (typeof modelTabs)[number];
