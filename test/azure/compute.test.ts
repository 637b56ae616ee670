import { behaviours, computeContract } from "@preceptor/compute/contract";
import { afterAll, beforeAll } from "vitest";
import { azureWorld, type AzureWorld } from "./compute-world.ts";

let world: AzureWorld;
beforeAll(async () => {
  world = await azureWorld();
});
afterAll(() => world.close());

computeContract("azure-ml", async () => ({
  provider: world.open(),
  reopen: async () => world.open(),
  spec: (behaviour, limits) => world.python(behaviours[behaviour], limits),
  // Every test has attempts of its own name in the one workspace, and ends them.
  close: async () => {},
}));
