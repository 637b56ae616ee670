import { workspacePath } from "../names.ts";
import type { AssetDocument } from "../state.ts";
import type { World } from "../world.ts";

const service = "Microsoft.MachineLearningServices/workspaces";

export interface Times {
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** Who made and changed it: always the one service principal there is. */
export function systemData({ names }: World, { createdAt, modifiedAt }: Times): object {
  return {
    createdAt,
    createdBy: names.clientId,
    createdByType: "Application",
    lastModifiedAt: modifiedAt,
    lastModifiedBy: names.clientId,
    lastModifiedByType: "Application",
  };
}

/** The envelope every resource of the workspace comes in. */
export function resource(world: World, path: string, times: Times, rest: object): object {
  const parts = path.split("/").filter((part) => part !== "");
  const type = [service, ...parts.filter((_, index) => index % 2 === 0)].join("/");
  return {
    id: `${workspacePath(world.names)}${path}`,
    name: parts.at(-1),
    type,
    ...rest,
    systemData: systemData(world, times),
  };
}

export const assetResource = (world: World, noun: string, asset: AssetDocument): object =>
  resource(world, `/${noun}/${asset.name}/versions/${asset.version}`, asset, {
    properties: { ...asset.properties, provisioningState: "Succeeded" },
  });
