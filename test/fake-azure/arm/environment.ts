import { userError } from "../answer.ts";
import type { Routes } from "../router.ts";
import type { World } from "../world.ts";
import { assetRoutes } from "./asset.ts";

export const environmentRoutes = (world: World): Routes =>
  assetRoutes(world, {
    noun: "environments",
    versions: world.state.environments,
    frozen: ["image", "condaFile", "build"],
    check({ image, build }) {
      if (typeof image !== "string" && typeof build !== "object")
        throw userError("An environment needs an image or a build context.");
    },
  });
