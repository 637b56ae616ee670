import { behaviours, computeContract } from "../contract/index.ts";
import { localWorld } from "./test-world.ts";

computeContract("local", async () => {
  const world = await localWorld();
  return {
    provider: world.provider,
    reopen: async () => world.reopen(),
    spec: (behaviour, limits) => world.python(behaviours[behaviour], limits),
    close: world.close,
  };
});
