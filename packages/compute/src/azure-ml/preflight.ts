import { faultOf, type AzureFaultKind, inOurWords } from "@preceptor/azure";
import type { Cluster, Preflight, Problem } from "../capabilities.ts";
import { sameFamily, type Catalogue } from "./catalogue.ts";
import { readCluster } from "./clusters.ts";
import type { Place } from "./place.ts";
import { Workspace } from "./wire.ts";

const kinds: Record<AzureFaultKind, Problem["kind"]> = {
  "not-found": "wrong-subscription",
  conflict: "unreachable",
  throttled: "unreachable",
  unauthenticated: "credential-expired",
  forbidden: "missing-role",
  quota: "no-quota",
  "unknown-instance-type": "unknown-instance-type",
  "region-without-sku": "region-without-sku",
  "wrong-subscription": "wrong-subscription",
  invalid: "unreachable",
  unreachable: "unreachable",
  garbled: "unreachable",
};

type Wanted = Parameters<Preflight["check"]>[0];

/** From the outside in: without a workspace nothing else can be asked, without a cluster nothing about its machines. */
export async function checkTarget(
  place: Place,
  catalogue: Catalogue,
  wanted: Wanted,
): Promise<readonly Problem[]> {
  const { client, target } = place;
  const outside = await problemOf(
    client.send({ method: "GET", path: client.resourceId, schema: Workspace }),
    `There is no workspace ${target.workspace} in resource group ${target.resourceGroup} of subscription ${target.subscriptionId}: check the three names in the target's settings.`,
  );
  if (outside) return [outside];
  const [storage, machines] = await Promise.all([
    checkStorage(place),
    checkMachines(place, catalogue, wanted),
  ]);
  return [...storage, ...machines];
}

async function problemOf(ask: Promise<unknown>, whenMissing: string): Promise<Problem | null> {
  try {
    await ask;
    return null;
  } catch (error) {
    const { kind, message } = faultOf(error);
    return { kind: kinds[kind], message: kind === "not-found" ? whenMissing : message };
  }
}

async function checkStorage({ container, target }: Place): Promise<Problem[]> {
  const found = await problemOf(
    container.getProperties(),
    `There is no container ${target.container} at ${target.blobEndpoint}: check the target's settings.`,
  );
  if (found?.kind === "missing-role")
    return [
      {
        kind: "missing-role",
        message: `The control plane may not read container ${target.container}: give its identity the role Storage Blob Data Contributor on it.`,
      },
    ];
  return found ? [found] : [];
}

async function checkMachines(
  place: Place,
  catalogue: Catalogue,
  { nodes, tier }: Wanted,
): Promise<Problem[]> {
  const { target } = place;
  try {
    const cluster = await readCluster(place, target.cluster);
    const [sizes, usages] = await Promise.all([catalogue.sizes(), catalogue.usages()]);
    const name = cluster.instanceType.toLowerCase();
    const size = sizes.find((one) => one.name.toLowerCase() === name);
    const problems = [...checkSize(cluster, nodes), ...checkTier(cluster, tier)];
    if (!size) return [...problems, missingSize(cluster, target.region)];
    const usage = usages.find(({ name: { value } }) =>
      cluster.tier === "spot"
        ? /low-?priority/i.test(value) && !/famil/i.test(value)
        : sameFamily(value, size.family ?? ""),
    );
    // A limit of -1 is none.
    if (!usage || usage.limit < 0) return problems;
    const cores = nodes * size.vCPUs;
    if (cores > usage.limit)
      problems.push({
        kind: "no-quota",
        message: `${nodes} nodes of ${size.name} need ${cores} cores, and the quota of ${usage.name.value} in ${target.region} is ${usage.limit}: ask for more in the Azure portal under Quotas, or choose another cluster.`,
      });
    return problems;
  } catch (error) {
    const { code, message } = inOurWords(error);
    if (code === "not-found")
      return [
        {
          kind: "cluster-missing",
          message: `There is no cluster ${target.cluster} in workspace ${target.workspace}: create it, or name another in the target's settings.`,
        },
      ];
    return [{ kind: kinds[faultOf(error).kind], message }];
  }
}

function checkSize(cluster: Cluster, nodes: number): Problem[] {
  if (cluster.state === "failed")
    return [
      {
        kind: "cluster-missing",
        message: `Cluster ${cluster.name} could not be made: ${cluster.problems.join(" ") || "Azure does not say why"}. Delete it and create it again.`,
      },
    ];
  if (cluster.maxNodes === 0)
    return [
      {
        kind: "cluster-drained",
        message: `Cluster ${cluster.name} is drained and starts no node: the job waits until an operator resizes it.`,
      },
    ];
  return nodes <= cluster.maxNodes
    ? []
    : [
        {
          kind: "no-quota",
          message: `Cluster ${cluster.name} grows to ${cluster.maxNodes} nodes and ${nodes} are asked for: the job would wait for ever. Resize the cluster.`,
        },
      ];
}

function checkTier(cluster: Cluster, tier: Cluster["tier"] | undefined): Problem[] {
  if (tier === undefined || tier === cluster.tier) return [];
  return [
    {
      kind: "other-tier",
      message: `Cluster ${cluster.name} has ${cluster.tier} machines and the job asks for ${tier} ones: set compute.tier to ${cluster.tier}, or choose another target.`,
    },
  ];
}

function missingSize({ instanceType }: Cluster, region: string): Problem {
  return /^(Standard|Basic)_[A-Z]+\d/.test(instanceType)
    ? {
        kind: "region-without-sku",
        message: `${instanceType} is not offered in ${region}: choose a size from the target's options, or another region.`,
      }
    : {
        kind: "unknown-instance-type",
        message: `${instanceType} is no instance type of Azure's: names look like Standard_NC40ads_H100_v5.`,
      };
}
