import { inOurWords } from "@preceptor/azure";
import { imagesAt, machinesAt, type Machine } from "@preceptor/domain";
import type { InstanceType, LaunchOptions, MachineOption } from "../capabilities.ts";
import { sameFamily, type Catalogue } from "./catalogue.ts";
import { freeNodes, readMachine, readRegion, sizeOf, type Region } from "./machine-facts.ts";
import { problemsOf } from "./machine-problems.ts";
import type { Place } from "./place.ts";
import { missingCluster } from "./preflight.ts";
import type { VirtualMachineSize } from "./wire.ts";

/** What a cluster may be made of, and what a job may choose with how much of it is free now. */
export async function readOptions(place: Place, catalogue: Catalogue): Promise<LaunchOptions> {
  const region = await readRegion(catalogue);
  const machines = await Promise.all(
    machinesAt(place.target).map((machine) => optionOf(place, region, machine)),
  );
  return {
    instanceTypes: instanceTypes(region),
    machines: machines.flatMap((one) => one ?? []),
    images: imagesAt(place.target),
  };
}

/** null for machines that nobody knows: neither the settings nor, without its cluster, Azure. */
async function optionOf(
  place: Place,
  region: Region,
  machine: Machine,
): Promise<MachineOption | null> {
  const { cluster, instanceType, tier } = machine;
  const asked = { nodes: 1, tier: tier ?? undefined, instanceType: instanceType ?? undefined };
  try {
    const facts = await readMachine(place, region, machine);
    const named = instanceType ?? facts.instanceType;
    const size = sizeOf(region, named);
    return {
      instanceType: named,
      tier: tier ?? facts.tier,
      cluster,
      size: size && sizeInWords(size),
      freeNodes: freeNodes(facts),
      problem: problemsOf(place.target.region, machine, facts, asked)[0]?.message ?? null,
    };
  } catch (error) {
    if (inOurWords(error).code !== "not-found") throw error;
    if (instanceType === null || tier === null) return null;
    const size = sizeOf(region, instanceType);
    const problem = missingCluster(place.target, machine).message;
    return {
      instanceType,
      tier,
      cluster,
      size: size && sizeInWords(size),
      freeNodes: 0,
      problem,
    };
  }
}

/** Sizes the region has and the subscription has a quota for; a size without a family of its own is left in. */
function instanceTypes({ sizes, usages }: Region): InstanceType[] {
  const allowed = ({ family }: VirtualMachineSize): boolean => {
    const usage = usages.find(({ name }) => sameFamily(name.value, family ?? ""));
    return usage === undefined || usage.limit !== 0;
  };
  return sizes
    .filter(allowed)
    .map((size) => ({ name: size.name, ...sizeInWords(size) }))
    .sort((a, b) => b.gpus - a.gpus || a.name.localeCompare(b.name, "en", { numeric: true }));
}

const sizeInWords = (size: VirtualMachineSize): Omit<InstanceType, "name"> => ({
  family: size.family ?? "",
  cpuCores: size.vCPUs,
  memoryBytes: Math.round(size.memoryGB * 2 ** 30),
  gpus: size.gpus ?? 0,
});
