import {
  computeProviders,
  type Cluster,
  type ComputeProvider,
  type ComputeProviders,
  type Problem,
  type RunsOn,
} from "@preceptor/compute";
import { DomainError } from "@preceptor/domain";

/** A provider that keeps its clusters in memory and starts nothing: for what is asked besides running attempts. */
export function aCloud() {
  const clusters = new Map<string, Cluster>();
  const cloud = {
    problems: [] as Problem[],
    /** What the next change of a cluster throws, once. */
    failure: null as Error | null,
    asked: [] as string[],
  };
  const none = { idle: 0, running: 0, preparing: 0, leaving: 0, unusable: 0, preempted: 0 };
  const act = (verb: string, name: string): Cluster | undefined => {
    cloud.asked.push(`${verb} ${name}`);
    const { failure } = cloud;
    cloud.failure = null;
    if (failure) throw failure;
    return clusters.get(name);
  };
  const known = (found: Cluster | undefined, name: string): Cluster => {
    if (!found) throw new DomainError("not-found", `There is no cluster ${name}.`);
    return found;
  };
  const provider: ComputeProvider = {
    name: "azure-ml",
    start: async (attemptId) => ({ provider: "azure-ml", attemptId, data: {} }),
    observe: async (handles) => handles.map(() => ({ kind: "gone" })),
    cancel: async () => {},
    listProduced: async () => [],
    readProduced: async () => Promise.reject(new Error("nothing is produced here")),
    release: async () => {},
    capabilities: {
      capacity: {
        capacity: async () => ({
          cpuCores: 0,
          memoryBytes: 0,
          freeDiskBytes: 0,
          gpus: 8,
          running: 0,
        }),
      },
      quotas: {
        quotas: async () => [{ family: "standardA100Family", limit: 96, used: 24, unit: "cores" }],
      },
      preflight: { check: async () => cloud.problems },
      clusters: {
        list: async () => [...clusters.values()],
        create: async (spec) => {
          if (act("create", spec.name))
            throw new DomainError("conflict", `${spec.name} is there already, of another shape.`);
          const made: Cluster = { ...spec, state: "creating", nodes: none, problems: [] };
          clusters.set(spec.name, made);
          return made;
        },
        resize: async (name, size) => {
          const resized: Cluster = { ...known(act("resize", name), name), ...size };
          clusters.set(name, resized);
          return resized;
        },
        drain: async (name) => {
          const drained: Cluster = {
            ...known(act("drain", name), name),
            minNodes: 0,
            maxNodes: 0,
          };
          clusters.set(name, drained);
          return drained;
        },
        remove: async (name) => {
          if (act("remove", name)) clusters.delete(name);
        },
      },
    },
  };
  const reached: RunsOn[] = [];
  const compute: ComputeProviders = computeProviders({
    "azure-ml": (target) => {
      reached.push(target);
      return provider;
    },
  });
  return { cloud, compute, provider, reached };
}

/** Settings of a target there, made up, with a price for each tier. */
export const cloudSettings = {
  maxNodes: 4,
  maxProcessesPerNode: 8,
  diskQuotaBytes: 1e12,
  logLimitBytes: 1e6,
  azure: {
    subscriptionId: "00000000-0000-4000-8000-000000000001",
    resourceGroup: "rg-models",
    workspace: "ml-models",
    region: "westeurope",
    cluster: "a100",
    datastore: "workspaceblobstore",
    blobEndpoint: "https://account.blob.core.windows.net",
    container: "jobs",
    image: "registry.example.org/trainer:1",
    identityClientId: null,
    deadlines: {
      preparing: "PT1H",
      queued: "P1D",
      finalizing: "PT1H",
      cancelling: "PT10M",
      silent: "PT6H",
    },
    prices: [
      {
        instanceType: "Standard_A100",
        tier: "dedicated" as const,
        perNodeHour: 36,
        currency: "USD" as const,
      },
      {
        instanceType: "Standard_A100",
        tier: "spot" as const,
        perNodeHour: 9,
        currency: "USD" as const,
      },
    ],
  },
};
