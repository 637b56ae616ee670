import { blobContainer, workspaceClient, type AzureConnection, inOurWords } from "@preceptor/azure";
import type { ComputeProvider, Handle, Observation } from "../provider.ts";
import { cancelJob } from "./cancel.ts";
import { readCapacity } from "./capacity.ts";
import { makeCatalogue } from "./catalogue.ts";
import { clusterManager } from "./clusters.ts";
import { inLanes } from "./lanes.ts";
import { makeJobBook } from "./job-book.ts";
import { makeLogBook } from "./logs.ts";
import { isAttemptName } from "./names.ts";
import { observeJob, type Memory } from "./observe.ts";
import { readOptions } from "./options.ts";
import type { Log, Place } from "./place.ts";
import { checkTarget } from "./preflight.ts";
import { listProducedFiles, readProducedFile } from "./produced.ts";
import { readQuotas } from "./quotas.ts";
import { releaseJob } from "./release.ts";
import { startJob } from "./start.ts";
import type { AzureMlTarget } from "./target.ts";
import { silentPatienceMs } from "./watchdog.ts";

export interface AzureMlComputeOptions {
  /** Shared by every adapter of the process: one identity, one throttle. */
  readonly connection: AzureConnection;
  readonly target: AzureMlTarget;
  readonly now?: () => Date;
  readonly log?: Log;
}
const silent: Log = { warn: () => {} };

/** Runs attempts as command jobs on an Azure ML cluster. One object per compute target: what it knows of its jobs is shared by all who ask. */
export function azureMlCompute(options: AzureMlComputeOptions): ComputeProvider {
  const { connection, target, now = () => new Date(), log = silent } = options;
  const place: Place = {
    connection,
    target,
    log,
    client: workspaceClient(connection, target),
    container: blobContainer(connection, target),
    nowMs: () => now().getTime(),
  };
  const jobs = makeJobBook(place);
  const memory: Memory = {
    jobs,
    cancels: new Map(),
    endings: new Map(),
    since: new Map(),
    missingSince: new Map(),
    endedSince: new Map(),
    askedWhy: new Map(),
    refused: new Map(),
  };
  const logs = makeLogBook(place, jobs);
  const catalogue = makeCatalogue(place);
  const workspace = `${target.subscriptionId}/${target.resourceGroup}/${target.workspace}`;
  /** A target may be pointed at another workspace while old attempts still run in the former. */
  const isElsewhere = ({ data }: Handle): boolean =>
    data["workspace"] !== undefined && data["workspace"] !== workspace;
  const mayAsk = (handle: Handle): boolean =>
    isAttemptName(handle.attemptId) && !isElsewhere(handle);

  return {
    name: "azure-ml",
    async start(attemptId, spec) {
      await startJob(place, attemptId, spec);
      jobs.touched(attemptId);
      return { provider: "azure-ml", attemptId, data: { workspace } };
    },
    async observe(handles, how) {
      const asked = handles.filter(mayAsk).map(({ attemptId }) => attemptId);
      const looks = how === "alone" ? null : await jobs.look(asked);
      return inLanes(handles, async (handle): Promise<Observation> => {
        const { attemptId, data } = handle;
        if (isElsewhere(handle)) return { kind: "unknown", message: elsewhere, outage: true };
        if (!mayAsk(handle)) return { kind: "gone" };
        try {
          const look = looks?.get(attemptId) ?? (await jobs.alone(attemptId));
          return await observeJob(place, memory, attemptId, look, data);
        } catch (error) {
          const patienceMs = silentPatienceMs(target.deadlines);
          return { kind: "unknown", message: inOurWords(error).message, patienceMs };
        }
      });
    },
    async cancel(handle) {
      if (mayAsk(handle)) await cancelJob(place, memory, handle.attemptId);
    },
    listProduced: (handle, area) => listProducedFiles(place.container, handle.attemptId, area),
    readProduced: (handle, area, path) =>
      readProducedFile(place.container, handle.attemptId, area, path),
    async release(handle) {
      if (mayAsk(handle)) await releaseJob(place, memory, handle.attemptId);
    },
    capabilities: {
      logs: {
        list: async (handle) => (mayAsk(handle) ? logs.list(handle.attemptId) : []),
        read: (handle, log_, offset, limitBytes) =>
          logs.read(handle.attemptId, log_, offset, limitBytes),
      },
      capacity: { capacity: () => inWords(readCapacity(place, catalogue)) },
      clusters: clusterManager(place),
      quotas: { quotas: () => inWords(readQuotas(catalogue)) },
      options: { options: () => inWords(readOptions(place, catalogue)) },
      preflight: { check: (wanted) => checkTarget(place, catalogue, wanted) },
    },
  };
}

const elsewhere =
  "The attempt was started in another workspace than the one the target now names: point the target back to it, or stop the job there.";

const inWords = <T>(ask: Promise<T>): Promise<T> =>
  ask.catch((error: unknown) => {
    throw inOurWords(error);
  });
