import type { deployment } from "@preceptor/db";
import { servingProviderNames, type ServingHandle } from "@preceptor/serving";

/** What the place called it, if this program still knows that place. */
export function handleOf(stored: (typeof deployment.$inferSelect)["handle"]): ServingHandle | null {
  const provider = servingProviderNames.find((name) => name === stored?.provider);
  return stored && provider ? { ...stored, provider } : null;
}
