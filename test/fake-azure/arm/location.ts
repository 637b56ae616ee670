import { ok } from "../answer.ts";
import { locationPath } from "../names.ts";
import type { Routes } from "../router.ts";
import type { World } from "../world.ts";
import { usedServerless } from "../job/serverless.ts";
import { busyNodes, clusterOf } from "./compute-nodes.ts";
import {
  familyLimitCores,
  findSize,
  lowPriorityLimitCores,
  vmSizes,
  type VmSize,
} from "./vm-size.ts";

const provider = "Microsoft.MachineLearningServices";

/** What a region offers and what of it the subscription may use. */
export const locationRoutes = (world: World): Routes => ({
  "GET /vmSizes": () => ok({ value: vmSizes.map(sizeOnWire) }),
  "GET /usages": () =>
    ok({
      value: limits(world).map((limit) => ({
        ...onWire(world, limit, "usages"),
        currentValue: limit.used,
      })),
    }),
  "GET /quotas": () => ok({ value: limits(world).map((limit) => onWire(world, limit, "quotas")) }),
});

/** The other regions, which have no workspace here: they offer the same. */
export const otherLocationRoutes: Routes = {
  "GET /:region/vmSizes": () => ok({ value: vmSizes.map(sizeOnWire) }),
};

const sizeOnWire = (size: VmSize): object => ({
  name: size.name,
  family: size.family,
  vCPUs: size.vCPUs,
  gpus: size.gpus,
  osVhdSizeMB: 1_047_552,
  maxResourceVolumeMB: size.diskMB,
  memoryGB: size.memoryGB,
  lowPriorityCapable: size.spot,
  premiumIO: true,
  estimatedVMPrices: {
    billingCurrency: "USD",
    unitOfMeasure: "OneHour",
    values: [
      { retailPrice: size.hourlyUsd, osType: "Linux", vmTier: "Standard" },
      { retailPrice: size.hourlyUsd / 5, osType: "Linux", vmTier: "LowPriority" },
    ],
  },
  supportedComputeTypes: ["AmlCompute", "ComputeInstance"],
});

interface Limit {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly limit: number;
  readonly used: number;
}

function limits(world: World): Limit[] {
  const families = [...new Set(vmSizes.map(({ family }) => family))];
  return [
    ...families.map((family) => ({
      kind: "vmFamily/dedicatedCores",
      name: family,
      text: `${family} Cluster Dedicated vCPUs`,
      limit: familyLimitCores,
      used: usedCores(world, "Dedicated", family),
    })),
    {
      kind: "totalLowPriorityCores",
      name: "LowPriorityCores",
      text: "Total Cluster LowPriority Regional vCPUs",
      limit: lowPriorityLimitCores,
      used: usedCores(world, "LowPriority", null),
    },
  ];
}

const onWire = ({ names }: World, { kind, name, text, limit }: Limit, list: string): object => ({
  id: `${locationPath(names)}/${kind.split("/")[0]}/${name}/${list}`,
  type: `${provider}/${kind}/${list}`,
  amlWorkspaceLocation: names.region,
  unit: "Count",
  limit,
  name: { value: name, localizedValue: text },
});

/** Cores of the nodes that are there now. */
function usedCores(world: World, priority: string, family: string | null): number {
  let used = usedServerless(world, priority === "LowPriority", family);
  for (const compute of world.state.computes.all()) {
    const {
      vmSize,
      vmPriority = "Dedicated",
      scaleSettings,
    } = clusterOf(compute).properties.properties;
    const size = findSize(vmSize);
    if (size === null || vmPriority !== priority) continue;
    if (family !== null && size.family !== family) continue;
    const nodes = Math.max(busyNodes(world, compute.id).length, scaleSettings.minNodeCount ?? 0);
    used += nodes * size.vCPUs;
  }
  return used;
}
