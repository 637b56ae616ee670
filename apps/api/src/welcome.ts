import { listOrganizationIds, readRecipeFolders, registerRecipe } from "@preceptor/services";
import type { EdgeServices } from "./context.ts";

/** Gives an organization the recipes that ship with the product; what it has already stays as it is. */
export async function registerRecipes(
  services: EdgeServices,
  organizationId: string,
  folder: string,
): Promise<void> {
  const caller = { kind: "system", component: "api", organizationId } as const;
  for (const { definition, files } of await readRecipeFolders(folder))
    await registerRecipe({ ...services, caller }, { definition, files });
}

/** At the start: every organization gets what changed since. */
export async function registerRecipesForAll(services: EdgeServices, folder: string): Promise<void> {
  for (const id of await listOrganizationIds(services)) await registerRecipes(services, id, folder);
}
