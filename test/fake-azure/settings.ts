import type { Names } from "./names.ts";
import { authorityFile } from "./tls.ts";
import type { World } from "./world.ts";

export const workspaceName = ({ subscriptionId, resourceGroup, workspace, region }: Names) => ({
  subscriptionId,
  resourceGroup,
  workspace,
  region,
});

/** What the control plane is started with to talk to this fake instead of Azure. */
export const environmentFor = ({ origin, names, folder }: World): Record<string, string> => ({
  PRECEPTOR_AZURE_RESOURCE_MANAGER: origin,
  PRECEPTOR_AZURE_AUTHORITY: origin,
  PRECEPTOR_AZURE_RUN_HISTORY: origin,
  PRECEPTOR_AZURE_ENDPOINT_HOSTS: new URL(origin).host,
  PRECEPTOR_AZURE_CA_FILE: authorityFile(folder),
  PRECEPTOR_AZURE_CREDENTIAL: "client-secret",
  AZURE_TENANT_ID: names.tenantId,
  AZURE_CLIENT_ID: names.clientId,
  AZURE_CLIENT_SECRET: names.clientSecret,
});

/** `settings.azure` of a compute target that runs its jobs here. */
export const settingsFor = ({ names, blobs }: World) => ({
  ...workspaceName(names),
  cluster: names.cluster,
  instanceType: "Standard_NC24ads_A100_v4",
  tier: "dedicated" as const,
  // Serverless: what the one cluster does not have.
  machines: [
    { instanceType: "Standard_NC24ads_A100_v4", tier: "spot" as const, cluster: null },
    { instanceType: "Standard_NC40ads_H100_v5", tier: "dedicated" as const, cluster: null },
  ],
  datastore: names.datastore,
  blobEndpoint: blobs.endpoint,
  container: names.container,
  image: "mcr.microsoft.com/azureml/openmpi5.0-ubuntu24.04:latest",
  images: ["mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest"],
  identityClientId: null,
  deadlines: {
    preparing: "PT30M",
    queued: "PT1H",
    finalizing: "PT10M",
    cancelling: "PT5M",
    silent: "PT2H",
  },
  prices: [
    {
      instanceType: "Standard_NC24ads_A100_v4",
      tier: "dedicated" as const,
      perNodeHour: 3.67,
      currency: "USD" as const,
    },
    {
      instanceType: "Standard_NC24ads_A100_v4",
      tier: "spot" as const,
      perNodeHour: 0.73,
      currency: "USD" as const,
    },
    {
      instanceType: "Standard_NC40ads_H100_v5",
      tier: "dedicated" as const,
      perNodeHour: 6.98,
      currency: "USD" as const,
    },
  ],
  // Images are not run here: a recipe's program serves, on this machine's Python.
  serving: {
    instanceType: "Standard_NC24ads_A100_v4",
    instances: 1,
    runtime: "recipe" as const,
    vllmImage: "vllm/vllm-openai:v0.11.0",
    access: "entra" as const,
    identity: null,
    publicNetwork: true,
    concurrentRequests: 64,
  },
});
