import { nextPage } from "./next-page.ts";
import type { Place } from "./place.ts";
import { Page, Usage, VirtualMachineSizes, type VirtualMachineSize } from "./wire.ts";
import type { z } from "zod";

/** What the region offers and what of it this subscription may use. */
export interface Catalogue {
  /** Sizes a cluster may have; they change with a region's hardware, so an hour's memory is enough. */
  sizes(): Promise<readonly VirtualMachineSize[]>;
  usages(): Promise<readonly z.infer<typeof Usage>[]>;
}
const sizesFreshMs = 3_600_000;

export function makeCatalogue(place: Place): Catalogue {
  const { client, target, nowMs } = place;
  const location = `/subscriptions/${target.subscriptionId}/providers/Microsoft.MachineLearningServices/locations/${target.region}`;
  let known: { atMs: number; sizes: readonly VirtualMachineSize[] } | null = null;
  return {
    async sizes() {
      if (known && nowMs() - known.atMs < sizesFreshMs) return known.sizes;
      const { value } = await client.send({
        method: "GET",
        path: `${location}/vmSizes`,
        schema: VirtualMachineSizes,
      });
      const sizes = (value ?? []).filter(
        ({ supportedComputeTypes: types }) =>
          types === null || types === undefined || types.includes("AmlCompute"),
      );
      known = { atMs: nowMs(), sizes };
      return sizes;
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

/** Families are spelled differently in different lists. */
export const sameFamily = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
