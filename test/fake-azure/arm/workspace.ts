import { ok } from "../answer.ts";
import { workspacePath } from "../names.ts";
import type { Routes } from "../router.ts";
import type { World } from "../world.ts";
import { systemData } from "./resource.ts";

const made = "2026-01-01T00:00:00.000Z";

export const workspaceRoutes = (world: World): Routes => ({
  "GET ": () => ok(workspace(world)),
});

function workspace(world: World): object {
  const { names, blobs, origin } = world;
  const group = `/subscriptions/${names.subscriptionId}/resourceGroups/${names.resourceGroup}/providers`;
  return {
    id: workspacePath(names),
    name: names.workspace,
    type: "Microsoft.MachineLearningServices/workspaces",
    location: names.region,
    kind: "Default",
    tags: {},
    identity: {
      type: "SystemAssigned",
      principalId: names.principalId,
      tenantId: names.tenantId,
    },
    sku: { name: "Basic", tier: "Basic" },
    properties: {
      friendlyName: names.workspace,
      description: "The fake Azure on this machine",
      storageAccount: `${group}/Microsoft.Storage/storageAccounts/${blobs.account}`,
      keyVault: `${group}/Microsoft.KeyVault/vaults/fake`,
      applicationInsights: `${group}/Microsoft.Insights/components/fake`,
      hbiWorkspace: false,
      discoveryUrl: `${origin}/discovery`,
      mlFlowTrackingUri: `azureml://${new URL(origin).host}/mlflow/v1.0${workspacePath(names)}`,
      workspaceId: "00000000-0000-4000-8000-0000000000f0",
      tenantId: names.tenantId,
      provisioningState: "Succeeded",
      publicNetworkAccess: "Enabled",
      v1LegacyMode: false,
    },
    systemData: systemData(world, { createdAt: made, modifiedAt: made }),
  };
}
