import { createHash } from "node:crypto";
import type { ResourceDocument } from "../state.ts";
import type { World } from "../world.ts";
import { busyNodes, clusterOf } from "./compute-nodes.ts";
import { resource } from "./resource.ts";

interface Node {
  readonly nodeId: string;
  readonly privateIpAddress: string;
  readonly publicIpAddress: null;
  readonly port: number;
  readonly nodeState: "idle" | "running";
  readonly runId: string | null;
}

/** Jobs hold nodes; the minimum is kept idle beside them. */
export function nodesOf(world: World, compute: ResourceDocument): Node[] {
  const busy = busyNodes(world, compute.id);
  const { minNodeCount = 0 } = clusterOf(compute).properties.properties.scaleSettings;
  const runs = [...busy.map(({ job }) => job), ...idle(minNodeCount - busy.length)];
  return runs.map((runId, index) => ({
    nodeId: createHash("sha256").update(`${compute.id}/${index}`).digest("hex").slice(0, 40),
    privateIpAddress: `10.0.0.${4 + index}`,
    publicIpAddress: null,
    port: 50_000 + index,
    nodeState: runId === null ? "idle" : "running",
    runId,
  }));
}

const idle = (count: number): null[] => Array.from({ length: Math.max(0, count) }, () => null);

export function computeResource(world: World, compute: ResourceDocument): object {
  const { properties: outer, location, ...rest } = clusterOf(compute);
  const nodes = nodesOf(world, compute);
  const running = nodes.filter(({ nodeState }) => nodeState === "running").length;
  const state = compute.provisioningState;
  return resource(world, `/computes/${compute.id}`, compute, {
    location: location ?? world.names.region,
    ...rest,
    properties: {
      ...outer,
      computeLocation: world.names.region,
      provisioningState: state,
      createdOn: compute.createdAt,
      modifiedOn: compute.modifiedAt,
      provisioningErrors: null,
      isAttachedCompute: false,
      properties: {
        osType: "Linux",
        vmPriority: "Dedicated",
        remoteLoginPortPublicAccess: "Disabled",
        isolatedNetwork: false,
        enableNodePublicIp: true,
        ...outer.properties,
        allocationState: state === "Succeeded" ? "Steady" : "Resizing",
        allocationStateTransitionTime: compute.modifiedAt,
        errors: null,
        currentNodeCount: nodes.length,
        targetNodeCount: nodes.length,
        nodeStateCounts: {
          preparingNodeCount: 0,
          runningNodeCount: running,
          idleNodeCount: nodes.length - running,
          unusableNodeCount: 0,
          leavingNodeCount: 0,
          preemptedNodeCount: 0,
        },
      },
    },
  });
}
