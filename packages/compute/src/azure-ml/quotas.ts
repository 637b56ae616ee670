import type { Quota } from "../capabilities.ts";
import type { Catalogue } from "./catalogue.ts";

/** Every limit of the region, those in use first. */
export async function readQuotas(catalogue: Catalogue): Promise<readonly Quota[]> {
  const usages = await catalogue.usages();
  return usages
    .map(({ name, limit, currentValue }) => ({
      family: name.value,
      limit,
      used: currentValue,
      unit: unitOf(name.value),
    }))
    .sort((a, b) => b.used - a.used || a.family.localeCompare(b.family, "en"));
}

/** Azure says "Count" of everything; what is counted is in the name. */
function unitOf(name: string): Quota["unit"] {
  if (/famil|core|vcpu/i.test(name)) return "cores";
  return /node/i.test(name) ? "nodes" : "count";
}
