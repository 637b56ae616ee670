import { sameMachine, type Machine, type Tier } from "@preceptor/domain";
import type { Cluster, Problem } from "../capabilities.ts";
import type { MachineFacts } from "./machine-facts.ts";

/** What is asked of a machine, and what it is believed to be. */
export interface Asked {
  readonly nodes: number;
  /** Not looked at when left out. */
  readonly tier?: Tier | undefined;
  readonly instanceType?: string | undefined;
}

/** Pure: everything against starting so many nodes of these machines. `machine` is what the target's settings say of them. */
export function problemsOf(
  region: string,
  machine: Machine,
  facts: MachineFacts,
  asked: Asked,
): readonly Problem[] {
  const { cluster, size } = facts;
  const problems = cluster
    ? [...clusterProblems(cluster, asked.nodes), ...kindProblems(cluster, machine, asked)]
    : [];
  if (!size) return [...problems, missingSize(facts, region)];
  if (!cluster && facts.tier === "spot" && size.lowPriorityCapable === false)
    problems.push({
      kind: "other-tier",
      message: `Azure has no spot machines of ${size.name}: set compute.tier to dedicated where the target offers it, or choose another compute.instanceType.`,
    });
  return [...problems, ...quotaProblems(region, facts, asked.nodes)];
}

function quotaProblems(region: string, { size, usage }: MachineFacts, nodes: number): Problem[] {
  const cores = nodes * (size?.vCPUs ?? 0);
  if (!size || !usage || cores <= usage.limit) return [];
  return [
    {
      kind: "no-quota",
      message: `${nodes === 1 ? `A node of ${size.name} needs` : `${nodes} nodes of ${size.name} need`} ${cores} cores, and the quota of ${usage.name.value} in ${region} is ${usage.limit}: ask for more in the Azure portal under Quotas, or choose other machines.`,
    },
  ];
}

function clusterProblems(cluster: Cluster, nodes: number): Problem[] {
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

/** A cluster is paid for as what it is, whatever the settings or the job call it. */
function kindProblems(
  cluster: Cluster,
  machine: Machine,
  { tier, instanceType }: Asked,
): Problem[] {
  const problems: Problem[] = [];
  if (instanceType !== undefined && !sameMachine(instanceType, cluster.instanceType))
    problems.push({
      kind: "other-machine",
      message: `Cluster ${cluster.name} has machines of ${cluster.instanceType} and the target's settings say ${instanceType}: ask an operator to correct them.`,
    });
  if (tier !== undefined && tier !== cluster.tier)
    problems.push({
      kind: "other-tier",
      message:
        machine.tier === null
          ? `Cluster ${cluster.name} has ${cluster.tier} machines and the job asks for ${tier} ones: set compute.tier to ${cluster.tier}, or choose another target.`
          : `Cluster ${cluster.name} has ${cluster.tier} machines and the target's settings say ${machine.tier}: ask an operator to correct them.`,
    });
  return problems;
}

/** A name that no region has is a wrong name; where other regions cannot be asked, its form has to tell. */
function missingSize({ instanceType, elsewhere }: MachineFacts, region: string): Problem {
  if (!/^(Standard|Basic)_[A-Z]+\d/.test(instanceType))
    return {
      kind: "unknown-instance-type",
      message: `${instanceType} is no instance type of Azure's: names look like Standard_NC40ads_H100_v5.`,
    };
  if (elsewhere?.length === 0)
    return {
      kind: "unknown-instance-type",
      message: `${instanceType} is no instance type that Azure lists, neither in ${region} nor in other large regions: check its spelling against the target's options.`,
    };
  const where =
    elsewhere === null ? "or another region" : `or a workspace in ${elsewhere.join(", ")}`;
  return {
    kind: "region-without-sku",
    message: `${instanceType} is not offered in ${region}: choose a size from the target's options, ${where}.`,
  };
}
