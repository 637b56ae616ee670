import { notFound, ok } from "../answer.ts";
import type { Routes } from "../router.ts";
import type { World } from "../world.ts";
import { resource } from "./resource.ts";

const made = "2026-01-01T00:00:00.000Z";

export const datastoreRoutes = (world: World): Routes => ({
  "GET /datastores/:name": ({ params }) => {
    const container = containerOf(world, params["name"] ?? "");
    if (container === null) throw notFound(`datastore ${params["name"]}`);
    return ok(datastore(world, params["name"] ?? "", container));
  },
  "GET /datastores": () =>
    ok({
      value: [world.names.datastore, world.names.artifactDatastore].map((name) =>
        datastore(world, name, containerOf(world, name) ?? ""),
      ),
    }),
});

/** The container behind a datastore of the workspace; null when there is none of that name. */
export function containerOf({ names }: World, datastoreName: string): string | null {
  if (datastoreName === names.datastore) return names.container;
  return datastoreName === names.artifactDatastore ? names.artifactContainer : null;
}

const datastore = (world: World, name: string, container: string): object =>
  resource(
    world,
    `/datastores/${name}`,
    { createdAt: made, modifiedAt: made },
    {
      properties: {
        datastoreType: "AzureBlob",
        accountName: world.blobs.account,
        containerName: container,
        endpoint: new URL(world.blobs.endpoint).host,
        protocol: "https",
        credentials: { credentialsType: "None" },
        isDefault: name === world.names.datastore,
        serviceDataAccessAuthIdentity: "WorkspaceSystemAssignedIdentity",
        tags: {},
        properties: {},
      },
    },
  );
