import type { ProviderName } from "@preceptor/domain";

/** What people call each kind of target. */
export const providerWords: Record<ProviderName, string> = {
  local: "This machine",
  "azure-ml": "Azure Machine Learning",
};
