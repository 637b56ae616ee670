import type { AttemptSpec } from "../provider.ts";
import type { AzureMlTarget } from "./target.ts";

/** A target for tests of bodies; nothing of it is ever asked. */
export const azureTarget: AzureMlTarget = {
  subscriptionId: "s",
  resourceGroup: "g",
  workspace: "w",
  region: "r",
  cluster: "c",
  datastore: "store",
  blobEndpoint: "https://account.invalid",
  container: "container",
  image: "image",
  identityClientId: null,
  deadlines: { preparing: "PT30M", queued: "PT24H", finalizing: "PT1H", cancelling: "PT5M" },
  prices: [],
};
export const smallSpec: AttemptSpec = {
  jobName: "small",
  code: [],
  command: ["python", "main.py"],
  requirements: null,
  inputs: {},
  resumeFrom: null,
  parameters: {},
  environment: {},
  secrets: {},
  nodes: 1,
  processesPerNode: 1,
  distribution: "pytorch",
  tier: "dedicated",
  timeoutMs: 60_000,
  diskQuotaBytes: 1,
  logLimitBytes: 1,
};
