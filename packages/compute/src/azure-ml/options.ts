import type { InstanceType, LaunchOptions } from "../capabilities.ts";
import { sameFamily, type Catalogue } from "./catalogue.ts";
import type { VirtualMachineSize } from "./wire.ts";

/** Sizes the region has and the subscription has a quota for; a size without a family of its own is left in. */
export async function readOptions(catalogue: Catalogue, image: string): Promise<LaunchOptions> {
  const [sizes, usages] = await Promise.all([catalogue.sizes(), catalogue.usages()]);
  const allowed = ({ family }: VirtualMachineSize): boolean => {
    const usage = usages.find(({ name }) => sameFamily(name.value, family ?? ""));
    return usage === undefined || usage.limit !== 0;
  };
  return {
    instanceTypes: sizes
      .filter(allowed)
      .map(instanceType)
      .sort((a, b) => b.gpus - a.gpus || a.name.localeCompare(b.name, "en", { numeric: true })),
    images: [image],
  };
}

const instanceType = (size: VirtualMachineSize): InstanceType => ({
  name: size.name,
  family: size.family ?? "",
  cpuCores: size.vCPUs,
  memoryBytes: Math.round(size.memoryGB * 2 ** 30),
  gpus: size.gpus ?? 0,
});
