import { DomainError, durationMs } from "@preceptor/domain";
import type { Cluster, ClusterSpec } from "../capabilities.ts";
import type { ComputeResource } from "./wire.ts";

/** A `ComputeResource` of type AmlCompute, as api-version 2024-04-01 has it on the wire. */
export interface ClusterBody {
  readonly location: string;
  readonly identity:
    | { readonly type: "SystemAssigned" }
    | {
        readonly type: "UserAssigned";
        readonly userAssignedIdentities: Readonly<Record<string, Record<string, never>>>;
      };
  readonly properties: {
    readonly computeType: "AmlCompute";
    readonly disableLocalAuth: true;
    readonly properties: {
      readonly osType: "Linux";
      readonly vmSize: string;
      readonly vmPriority: "Dedicated" | "LowPriority";
      readonly scaleSettings: ScaleSettings;
      readonly remoteLoginPortPublicAccess: "Disabled";
      readonly subnet?: { readonly id: string };
      readonly enableNodePublicIp?: false;
    };
  };
}
interface ScaleSettings {
  readonly minNodeCount: number;
  readonly maxNodeCount: number;
  readonly nodeIdleTimeBeforeScaleDown: string;
}
export interface ResizeBody {
  readonly properties: { readonly properties: { readonly scaleSettings: ScaleSettings } };
}
type Size = Pick<Cluster, "minNodes" | "maxNodes" | "idleSeconds">;

export const clusterBody = (spec: ClusterSpec, region: string): ClusterBody => ({
  location: region,
  // Without one of either kind its jobs could sign in nowhere.
  identity:
    spec.identity === null
      ? { type: "SystemAssigned" }
      : {
          type: "UserAssigned",
          userAssignedIdentities: {
            [armId(spec.identity, "identity", "userAssignedIdentities")]: {},
          },
        },
  properties: {
    computeType: "AmlCompute",
    // No account and no key on a node: whoever works with it signs in.
    disableLocalAuth: true,
    properties: {
      osType: "Linux",
      vmSize: checked(spec.instanceType, /^[A-Za-z][\w-]{1,79}$/, "instanceType"),
      vmPriority: spec.tier === "spot" ? "LowPriority" : "Dedicated",
      scaleSettings: scaleSettings(spec),
      remoteLoginPortPublicAccess: "Disabled",
      // Whoever names a subnet has a network that leads out; Azure would give each node a public address beside it.
      ...(spec.subnet === null
        ? {}
        : {
            subnet: { id: armId(spec.subnet, "subnet", "subnets") },
            enableNodePublicIp: false as const,
          }),
    },
  },
});

export const resizeBody = (size: Size): ResizeBody => ({
  properties: { properties: { scaleSettings: scaleSettings(size) } },
});

function scaleSettings({ minNodes, maxNodes, idleSeconds }: Size): ScaleSettings {
  const whole = [minNodes, maxNodes, idleSeconds].every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!whole || minNodes > maxNodes || maxNodes > 65_000)
    throw new DomainError("invalid", "a cluster keeps from 0 nodes up to its maximum", {
      field: "maxNodes",
    });
  return {
    minNodeCount: minNodes,
    maxNodeCount: maxNodes,
    nodeIdleTimeBeforeScaleDown: `PT${idleSeconds}S`,
  };
}

/** 2 to 16 characters, as Azure wants it for AmlCompute. */
export const clusterName = (name: string): string =>
  checked(name, /^[a-zA-Z](?:[a-zA-Z0-9-]{0,14}[a-zA-Z0-9])$/, "name");

function checked(value: string, pattern: RegExp, field: string): string {
  if (pattern.test(value)) return value;
  throw new DomainError("invalid", `${JSON.stringify(value)} cannot be a cluster's ${field}`, {
    field,
  });
}

function armId(id: string, field: string, kind: string): string {
  return checked(
    id,
    new RegExp(
      `^/subscriptions/[\\w-]+/resourceGroups/[\\w.()-]+/providers/[\\w./-]+/${kind}/[\\w.-]+$`,
      "i",
    ),
    field,
  );
}

/** What Azure says of a cluster, in our words; null when it is another kind of compute. */
export function clusterOf({ name, properties, identity }: ComputeResource): Cluster | null {
  if (properties.computeType !== "AmlCompute") return null;
  const own = properties.properties;
  const scale = own?.scaleSettings;
  const nodes = own?.nodeStateCounts;
  return {
    name,
    instanceType: own?.vmSize ?? "",
    tier: own?.vmPriority?.toLowerCase() === "lowpriority" ? "spot" : "dedicated",
    minNodes: scale?.minNodeCount ?? 0,
    maxNodes: scale?.maxNodeCount ?? 0,
    idleSeconds: (durationMs(scale?.nodeIdleTimeBeforeScaleDown ?? "") ?? 0) / 1000,
    state: stateOf(properties.provisioningState ?? "", own?.allocationState ?? ""),
    nodes: {
      idle: nodes?.idleNodeCount ?? 0,
      running: nodes?.runningNodeCount ?? 0,
      preparing: nodes?.preparingNodeCount ?? 0,
      leaving: nodes?.leavingNodeCount ?? 0,
      unusable: nodes?.unusableNodeCount ?? 0,
      preempted: nodes?.preemptedNodeCount ?? 0,
    },
    subnet: own?.subnet?.id ?? null,
    identity: Object.keys(identity?.userAssignedIdentities ?? {})[0] ?? null,
    problems: problemsOf(properties),
  };
}

function stateOf(provisioning: string, allocation: string): Cluster["state"] {
  switch (provisioning) {
    case "Creating":
      return "creating";
    case "Updating":
      return "resizing";
    case "Deleting":
      return "deleting";
    case "Failed":
    case "Canceled":
      return "failed";
    default:
      return allocation === "Resizing" ? "resizing" : "ready";
  }
}

function problemsOf({ provisioningErrors, properties }: ComputeResource["properties"]): string[] {
  const said = [...(provisioningErrors ?? []), ...(properties?.errors ?? [])];
  return said.flatMap(({ error }) => {
    const text = error?.message ?? error?.code;
    return text === null || text === undefined ? [] : [text.slice(0, 500)];
  });
}
