import type { Machine, Tier } from "@preceptor/domain";
import type { z } from "zod";
import type { Cluster } from "../capabilities.ts";
import { findSize, sameFamily, type Catalogue } from "./catalogue.ts";
import { readCluster } from "./clusters.ts";
import type { Place } from "./place.ts";
import type { Usage, VirtualMachineSize } from "./wire.ts";

/** What a region offers, read once for all the machines that are looked at. */
export interface Region {
  readonly sizes: readonly VirtualMachineSize[];
  readonly usages: readonly z.infer<typeof Usage>[];
  readonly elsewhere: Catalogue["elsewhere"];
}
/** A kind of machine as Azure has it. */
export interface MachineFacts {
  readonly instanceType: string;
  readonly tier: Tier;
  /** null for serverless. */
  readonly cluster: Cluster | null;
  /** null where the region does not have it. */
  readonly size: VirtualMachineSize | null;
  /** Regions that have it where this one does not; null where that is not known. */
  readonly elsewhere: readonly string[] | null;
  /** What its cores count against; null where nothing does. */
  readonly usage: z.infer<typeof Usage> | null;
}

export async function readRegion(catalogue: Catalogue): Promise<Region> {
  const [sizes, usages] = await Promise.all([catalogue.sizes(), catalogue.usages()]);
  return { sizes, usages, elsewhere: catalogue.elsewhere };
}

/** `not-found` when its cluster is not there. What a cluster says of itself goes before what the settings say of it. */
export async function readMachine(
  place: Place,
  region: Region,
  machine: Machine,
): Promise<MachineFacts> {
  const cluster = machine.cluster === null ? null : await readCluster(place, machine.cluster);
  const instanceType = cluster?.instanceType ?? machine.instanceType ?? "";
  const tier = cluster?.tier ?? machine.tier ?? "dedicated";
  const size = sizeOf(region, instanceType);
  const elsewhere = size === null ? await region.elsewhere(instanceType) : null;
  return {
    instanceType,
    tier,
    cluster,
    size,
    elsewhere,
    usage: size && usageOf(region, size, tier),
  };
}

export const sizeOf = (
  { sizes }: Pick<Region, "sizes">,
  instanceType: string,
): VirtualMachineSize | null => findSize(sizes, instanceType);

/** Dedicated cores count for their family, all low-priority ones together. A limit of -1 is none. */
function usageOf({ usages }: Region, size: VirtualMachineSize, tier: Tier) {
  const usage = usages.find(({ name: { value } }) =>
    tier === "spot"
      ? /low-?priority/i.test(value) && !/famil/i.test(value)
      : sameFamily(value, size.family ?? ""),
  );
  return usage === undefined || usage.limit < 0 ? null : usage;
}

/** Nodes a job could have at once now; null where nothing limits them. Idle nodes of a cluster are counted already. */
export function freeNodes({ cluster, size, usage }: MachineFacts): number | null {
  const more =
    usage === null || size === null || size.vCPUs === 0
      ? null
      : Math.floor(Math.max(0, usage.limit - usage.currentValue) / size.vCPUs);
  if (cluster === null) return more;
  const { idle, running, preparing } = cluster.nodes;
  const room = Math.max(0, cluster.maxNodes - running - preparing);
  return more === null ? room : Math.min(room, idle + more);
}
