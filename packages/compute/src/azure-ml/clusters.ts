import { inOurWords, once, orNull } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";
import type { Cluster, ClusterManager, ClusterSpec } from "../capabilities.ts";
import { clusterBody, clusterName, clusterOf, resizeBody } from "./cluster-body.ts";
import { nextPage } from "./next-page.ts";
import type { Place } from "./place.ts";
import { ComputeResource, Nothing, Page } from "./wire.ts";

const pathOf = (name: string): string => `/computes/${clusterName(name)}`;

async function findCluster(place: Place, name: string): Promise<Cluster | null> {
  const path = pathOf(name);
  const found = await orNull(place.client.send({ method: "GET", path, schema: ComputeResource }));
  if (found === null) return null;
  const cluster = clusterOf(found);
  if (cluster) return cluster;
  throw new DomainError("conflict", `${name} is a compute of another kind, not a cluster`);
}

export async function readCluster(place: Place, name: string): Promise<Cluster> {
  const cluster = await inWords(findCluster(place, name));
  if (cluster) return cluster;
  throw new DomainError("not-found", `there is no cluster ${name} in the workspace`);
}

const inWords = <T>(ask: Promise<T>): Promise<T> =>
  ask.catch((error: unknown) => {
    throw inOurWords(error);
  });

export const clusterManager = (place: Place): ClusterManager => ({
  list: () => inWords(listClusters(place)),
  create: (spec) => inWords(create(place, spec)),
  resize: (name, size) => inWords(resize(place, name, size)),
  async drain(name) {
    const { nodes, idleSeconds } = await readCluster(place, name);
    // A maximum below what is at work might take machines from running jobs: it ends at zero once nothing runs.
    const maxNodes = nodes.running + nodes.preparing;
    return inWords(resize(place, name, { minNodes: 0, maxNodes, idleSeconds }));
  },
  remove: (name) => inWords(remove(place, name)),
});

async function listClusters(place: Place): Promise<readonly Cluster[]> {
  const clusters: Cluster[] = [];
  let ask: { path: string; query?: Record<string, string> } | null = { path: "/computes" };
  while (ask !== null) {
    const page: { value?: unknown[] | null | undefined; nextLink?: string | null | undefined } =
      await place.client.send({ method: "GET", ...ask, schema: Page });
    for (const item of page.value ?? []) {
      const read = ComputeResource.safeParse(item);
      const cluster = read.success ? clusterOf(read.data) : null;
      if (cluster) clusters.push(cluster);
    }
    ask = nextPage(place, page.nextLink);
  }
  return clusters.sort((a, b) => a.name.localeCompare(b.name, "en"));
}

async function create(place: Place, spec: ClusterSpec): Promise<Cluster> {
  const body = clusterBody(spec, place.target.region);
  const path = pathOf(spec.name);
  const before = await findCluster(place, spec.name);
  if (before) return same(before, spec);
  const isThere = async (): Promise<boolean> => (await findCluster(place, spec.name)) !== null;
  await once(() => place.client.send({ method: "PUT", path, body, schema: Nothing }), isThere);
  return same(await readCluster(place, spec.name), spec);
}

function same(cluster: Cluster, spec: ClusterSpec): Cluster {
  const alike =
    cluster.instanceType.toLowerCase() === spec.instanceType.toLowerCase() &&
    cluster.tier === spec.tier &&
    (cluster.subnet ?? "").toLowerCase() === (spec.subnet ?? "").toLowerCase();
  if (alike) return cluster;
  throw new DomainError(
    "conflict",
    `${spec.name} is the name of another cluster: ${cluster.instanceType}, ${cluster.tier}`,
    { field: "name" },
  );
}

async function resize(
  place: Place,
  name: string,
  size: Pick<Cluster, "minNodes" | "maxNodes" | "idleSeconds">,
): Promise<Cluster> {
  const isSo = async (): Promise<boolean> => {
    const found = await findCluster(place, name);
    return found?.minNodes === size.minNodes && found.maxNodes === size.maxNodes;
  };
  const send = () =>
    place.client.send({
      method: "PATCH",
      path: pathOf(name),
      body: resizeBody(size),
      schema: Nothing,
    });
  await once(send, isSo);
  return readCluster(place, name);
}

async function remove(place: Place, name: string): Promise<void> {
  const cluster = await findCluster(place, name);
  if (!cluster || cluster.state === "deleting") return;
  const { running, preparing } = cluster.nodes;
  if (running + preparing > 0)
    throw new DomainError(
      "conflict",
      `${running + preparing} nodes of ${name} are at work: drain it first`,
    );
  const isGoing = async (): Promise<boolean> => {
    const now = await findCluster(place, name);
    return now === null || now.state === "deleting";
  };
  await once(
    () =>
      orNull(
        place.client.send({
          method: "DELETE",
          path: pathOf(name),
          query: { underlyingResourceAction: "Delete" },
          schema: Nothing,
        }),
      ),
    isGoing,
  );
}
