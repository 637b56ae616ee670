import type { CapacityReader } from "../provider.ts";
import type { Catalogue } from "./catalogue.ts";
import { readCluster } from "./clusters.ts";
import type { Place } from "./place.ts";

/** What the cluster can grow to. `freeDiskBytes` is the nodes' temporary disks; `running` counts nodes at work. */
export async function readCapacity(
  place: Place,
  catalogue: Catalogue,
): Promise<Awaited<ReturnType<CapacityReader["capacity"]>>> {
  const [cluster, sizes] = await Promise.all([
    readCluster(place, place.target.cluster),
    catalogue.sizes(),
  ]);
  const wanted = cluster.instanceType.toLowerCase();
  const size = sizes.find(({ name }) => name.toLowerCase() === wanted);
  const nodes = cluster.maxNodes;
  return {
    cpuCores: nodes * (size?.vCPUs ?? 0),
    memoryBytes: nodes * Math.round((size?.memoryGB ?? 0) * 2 ** 30),
    freeDiskBytes: nodes * (size?.maxResourceVolumeMB ?? 0) * 2 ** 20,
    gpus: nodes * (size?.gpus ?? 0),
    running: cluster.nodes.running,
  };
}
