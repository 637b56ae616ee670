import type { NodePrice, Tier } from "../../price.ts";
import { AzureMlSettings } from "../settings.ts";

export const price = (
  tier: Tier,
  perNodeHour: number,
  instanceType = "Standard_A100",
): NodePrice => ({
  instanceType,
  tier,
  perNodeHour,
  currency: "USD",
});
/** Made up, as every test's settings are. */
export const anAzureTarget = {
  subscriptionId: "00000000-0000-4000-8000-000000000001",
  resourceGroup: "rg-models",
  workspace: "ml-models",
  region: "westeurope",
  cluster: "a100",
  datastore: "workspaceblobstore",
  blobEndpoint: "https://account.blob.core.windows.net",
  container: "jobs",
  image: "registry.example.org/trainer:1",
};
export const azureSettings = (prices: readonly NodePrice[] = []): AzureMlSettings =>
  AzureMlSettings.parse({ ...anAzureTarget, prices });
