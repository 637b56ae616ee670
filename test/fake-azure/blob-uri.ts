import { containerOf } from "./arm/datastore.ts";
import { userError } from "./answer.ts";
import type { BlobPlace } from "./blobs.ts";
import type { World } from "./world.ts";

const short = /^azureml:\/\/datastores\/([^/]+)\/paths\/(.*)$/;
const long = /^azureml:\/\/subscriptions\/.+\/datastores\/([^/]+)\/paths\/(.*)$/;

/** Where the bytes of an `azureml://` or `https://` address lie; refuses what is not in this workspace's storage. */
export function placeOf(world: World, uri: string): BlobPlace {
  const [, datastore, path = ""] = short.exec(uri) ?? long.exec(uri) ?? [];
  if (datastore !== undefined) {
    const container = containerOf(world, datastore);
    if (container === null) throw userError(`The datastore ${datastore} does not exist.`);
    return { container, prefix: asFolder(path) };
  }
  const base = `${world.blobs.endpoint}/`;
  if (!uri.startsWith(base))
    throw userError(`The address ${uri} is not in the storage of this workspace.`);
  const [container = "", ...rest] = uri.slice(base.length).split("?")[0]?.split("/") ?? [];
  return { container, prefix: asFolder(rest.join("/")) };
}

const asFolder = (path: string): string => {
  const bare = path.replace(/\/+$/, "");
  return bare === "" ? "" : `${bare}/`;
};
