/** What some providers can do besides running attempts; a port says which through `capabilities`. */

/** Nodes a provider starts and stops by itself between two bounds. */
export interface Cluster {
  readonly name: string;
  readonly instanceType: string;
  readonly tier: "dedicated" | "spot";
  readonly minNodes: number;
  readonly maxNodes: number;
  /** Seconds a node waits without work before it is given back. */
  readonly idleSeconds: number;
  readonly state: "creating" | "ready" | "resizing" | "deleting" | "failed";
  readonly nodes: ClusterNodes;
  /** The network it is in and the identity its jobs run as, by the provider's own names. */
  readonly subnet: string | null;
  readonly identity: string | null;
  /** What the provider says is wrong, in its words. */
  readonly problems: readonly string[];
}
export interface ClusterNodes {
  readonly idle: number;
  readonly running: number;
  readonly preparing: number;
  readonly leaving: number;
  readonly unusable: number;
  readonly preempted: number;
}
export type ClusterSpec = Pick<
  Cluster,
  "name" | "instanceType" | "tier" | "minNodes" | "maxNodes" | "idleSeconds" | "subnet" | "identity"
>;
export interface ClusterManager {
  list(): Promise<readonly Cluster[]>;
  /** Returns once the provider has accepted it; creation is seen in `list`. `conflict` when the name is taken by a cluster of another shape. */
  create(spec: ClusterSpec): Promise<Cluster>;
  resize(
    name: string,
    size: Pick<Cluster, "minNodes" | "maxNodes" | "idleSeconds">,
  ): Promise<Cluster>;
  /** No node is kept without work and no new one is started; what runs goes on. */
  drain(name: string): Promise<Cluster>;
  /** Refused with `conflict` while work runs on it. Succeeds when it is already gone. */
  remove(name: string): Promise<void>;
}

/** How much of a kind of machine may be used at once. */
export interface Quota {
  /** e.g. `standardNCADSH100v5Family` */
  readonly family: string;
  readonly limit: number;
  readonly used: number;
  readonly unit: "cores" | "nodes" | "count";
}
export interface QuotaReader {
  quotas(): Promise<readonly Quota[]>;
}

/** What a launch form may offer on this target. */
export interface LaunchOptions {
  /** Every machine the provider would give this target: what a cluster may be made of. */
  readonly instanceTypes: readonly InstanceType[];
  /** What a job may choose, the default first. */
  readonly machines: readonly MachineOption[];
  /** The default first. */
  readonly images: readonly string[];
}
export interface InstanceType {
  readonly name: string;
  readonly family: string;
  readonly cpuCores: number;
  readonly memoryBytes: number;
  readonly gpus: number;
}
/** A kind of machine in one tier, as the provider has it now. */
export interface MachineOption {
  readonly instanceType: string;
  readonly tier: Cluster["tier"];
  /** null where a machine is started for a job alone. */
  readonly cluster: string | null;
  /** null where the provider does not know the machine. */
  readonly size: Omit<InstanceType, "name"> | null;
  /** Nodes a job could have at once now; null where there is no limit. */
  readonly freeNodes: number | null;
  /** Why a job of one node could not start on it, and what to do; null where nothing is known against it. */
  readonly problem: string | null;
}
export interface OptionReader {
  options(): Promise<LaunchOptions>;
}

/** Why an attempt could not start here, found before money is spent. */
export interface Problem {
  readonly kind:
    | "wrong-subscription"
    | "missing-role"
    | "credential-expired"
    | "no-quota"
    | "unknown-instance-type"
    | "region-without-sku"
    | "cluster-missing"
    /** Its machines are of another tier than was asked for, and would be paid or taken away as such. */
    | "other-tier"
    /** The cluster has other machines than the target's settings say, and they would be paid for. */
    | "other-machine"
    /** The target's settings do not offer it to jobs, or no longer. */
    | "not-offered"
    /** An operator let it run empty: a job waits until it may grow again. */
    | "cluster-drained"
    | "unreachable";
  /** What is wrong and what to do about it. */
  readonly message: string;
}
export interface Preflight {
  /** Every problem that can be known without starting anything; an empty list when there is none. */
  check(wanted: {
    readonly nodes: number;
    /** What a job names. Without a tier nobody asks for a job: every machine on offer is looked at, the default one for all nodes. */
    readonly tier?: Cluster["tier"] | undefined;
    readonly instanceType?: string | undefined;
    readonly image?: string | undefined;
  }): Promise<readonly Problem[]>;
}
