import { userError } from "../answer.ts";
import type { Routes } from "../router.ts";
import type { World } from "../world.ts";
import { assetRoutes } from "./asset.ts";

export const modelRoutes = (world: World): Routes =>
  assetRoutes(world, {
    noun: "models",
    versions: world.state.models,
    frozen: ["modelUri", "modelType"],
    check({ modelUri }) {
      if (typeof modelUri !== "string" || modelUri === "")
        throw userError("The modelUri of a model version is required.");
    },
  });
