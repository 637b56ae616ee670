import type { World } from "../world.ts";

/** The cluster the settings name, made once for a folder. */
export function firstCluster({ state, names }: World): void {
  if (state.computes.all().length > 0) return;
  const now = new Date().toISOString();
  state.computes.put({
    id: names.cluster,
    provisioningState: "Succeeded",
    createdAt: now,
    modifiedAt: now,
    inner: {},
    body: {
      location: names.region,
      properties: {
        computeType: "AmlCompute",
        properties: {
          vmSize: "Standard_NC24ads_A100_v4",
          vmPriority: "Dedicated",
          osType: "Linux",
          scaleSettings: { minNodeCount: 0, maxNodeCount: 8, nodeIdleTimeBeforeScaleDown: "PT2M" },
        },
      },
    },
  });
}
