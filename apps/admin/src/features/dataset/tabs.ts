export const datasetTabs = ["overview", "files", "lineage"] as const;
export type DatasetTab = (typeof datasetTabs)[number];
