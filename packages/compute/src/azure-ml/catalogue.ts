import { nextPage } from "./next-page.ts";
import type { Place } from "./place.ts";
import { Page, Usage, VirtualMachineSizes, type VirtualMachineSize } from "./wire.ts";
import type { z } from "zod";

/** What the region offers and what of it this subscription may use. */
export interface Catalogue {
  /** Sizes a cluster may have; they change with a region's hardware, so an hour's memory is enough. */
  sizes(): Promise<readonly VirtualMachineSize[]>;
  usages(): Promise<readonly z.infer<typeof Usage>[]>;
  /** Other large regions that have such a size; null where none does that could be asked, and not all could. */
  elsewhere(instanceType: string): Promise<readonly string[] | null>;
}
const sizesFreshMs = 3_600_000;
/** Between them they have what is rented for training and serving. In another cloud than the public one none of them answers. */
const largeRegions = [
  "eastus",
  "eastus2",
  "southcentralus",
  "westus2",
  "westus3",
  "westeurope",
  "northeurope",
  "swedencentral",
  "uksouth",
];

export function makeCatalogue(place: Place): Catalogue {
  const { client, target, nowMs } = place;
  const locations = `/subscriptions/${target.subscriptionId}/providers/Microsoft.MachineLearningServices/locations`;
  const location = `${locations}/${target.region}`;
  const known = new Map<string, { atMs: number; sizes: readonly VirtualMachineSize[] }>();
  const sizesIn = async (region: string): Promise<readonly VirtualMachineSize[]> => {
    const before = known.get(region);
    if (before && nowMs() - before.atMs < sizesFreshMs) return before.sizes;
    const { value } = await client.send({
      method: "GET",
      path: `${locations}/${region}/vmSizes`,
      schema: VirtualMachineSizes,
    });
    const sizes = (value ?? []).filter(
      ({ supportedComputeTypes: types }) =>
        types === null || types === undefined || types.includes("AmlCompute"),
    );
    known.set(region, { atMs: nowMs(), sizes });
    return sizes;
  };
  return {
    sizes: () => sizesIn(target.region),
    async elsewhere(instanceType) {
      const others = largeRegions.filter((region) => region !== target.region);
      const asked = await Promise.allSettled(others.map(sizesIn));
      const having = others.filter((_, n) => {
        const answer = asked[n];
        return answer?.status === "fulfilled" && findSize(answer.value, instanceType) !== null;
      });
      const isSure = asked.every(({ status }) => status === "fulfilled");
      return having.length > 0 || isSure ? having : null;
    },
    async usages() {
      const found: z.infer<typeof Usage>[] = [];
      let ask: { path: string; query?: Record<string, string> } | null = {
        path: `${location}/usages`,
      };
      while (ask !== null) {
        const page: z.infer<typeof Page> = await client.send({
          method: "GET",
          ...ask,
          schema: Page,
        });
        for (const item of page.value ?? []) {
          const usage = Usage.safeParse(item);
          if (usage.success) found.push(usage.data);
        }
        ask = nextPage(place, page.nextLink);
      }
      return found;
    },
  };
}

export const findSize = (
  sizes: readonly VirtualMachineSize[],
  instanceType: string,
): VirtualMachineSize | null =>
  sizes.find(({ name }) => name.toLowerCase() === instanceType.toLowerCase()) ?? null;

/** Families are spelled differently in different lists. */
export const sameFamily = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
