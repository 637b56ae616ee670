export const targetTabs = ["overview", "clusters", "quotas"] as const;
