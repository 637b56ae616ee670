import { blobContainer, inOurWords, workspaceClient, type AzureConnection } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";
import type { ServingHandle, ServingProvider, ServingSpec } from "../provider.ts";
import { removeDeployment, type Where } from "./deployment.ts";
import { makeEndpointQueue } from "./endpoint-queue.ts";
import { partOf, readLog } from "./logs.ts";
import { deploymentName, endpointName } from "./names.ts";
import { observeDeployment } from "./observe.ts";
import type { Place } from "./place.ts";
import { prepare } from "./prepare.ts";
import { isOvertaken, movePhase, readState, writeState } from "./state.ts";
import type { AzureServingTarget } from "./target.ts";
import { trafficControl } from "./traffic-control.ts";

export type { AzureServing, AzureServingTarget } from "./target.ts";

export interface AzureOnlineEndpointOptions {
  /** Shared by every adapter of the process: one identity, one throttle. */
  readonly connection: AzureConnection;
  readonly target: AzureServingTarget;
  /** Whose purposes these are, e.g. the target's id: two owners in one workspace get endpoints of their own. */
  readonly scope: string;
  readonly pollMs?: number;
}

interface UnderWay {
  message: string;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Serves from managed online endpoints. Azure and a blob hold all there is to know: another process finds it again by the id. */
export function azureOnlineEndpoint(options: AzureOnlineEndpointOptions): ServingProvider {
  const { connection, target, scope, pollMs = 5000 } = options;
  const place: Place = {
    connection,
    target,
    scope,
    pollMs,
    client: workspaceClient(connection, target),
    container: blobContainer(connection, target),
    queue: makeEndpointQueue(),
  };
  const preparing = new Map<string, UnderWay>();

  function begin(where: Where, spec: ServingSpec): void {
    const id = where.deploymentId;
    if (preparing.has(id)) return;
    const abort = new AbortController();
    const say = (message: string): void => {
      const mine = preparing.get(id);
      if (mine) mine.message = message;
    };
    const done = Promise.resolve()
      .then(() => prepare(place, where, spec, say, abort.signal))
      // What it could not even write down is seen at the next look: nobody is at it, so it is started again.
      .catch(() => {})
      .finally(() => preparing.delete(id));
    preparing.set(id, { message: "starting", abort, done });
  }

  async function start(deploymentId: string, spec: ServingSpec): Promise<ServingHandle> {
    const where = {
      deploymentId,
      purpose: spec.purpose,
      endpoint: endpointName(scope, spec.purpose),
    };
    const handle: ServingHandle = {
      provider: "azure-online-endpoint",
      deploymentId,
      data: { endpoint: where.endpoint, deployment: deploymentName(deploymentId) },
    };
    const known = await readState(place, deploymentId);
    if (known !== null && known.state.modelDigest !== spec.modelDigest)
      throw new DomainError("conflict", "This deployment was started with another model.");
    const phase = known?.state.phase;
    if (phase === "stopping" || phase === "stopped") return handle;
    if (known === null || phase === "failed") {
      const { modelDigest } = spec;
      const state = {
        ...where,
        modelDigest,
        phase: "preparing" as const,
        message: null,
        operation: null,
      };
      await writeState(place, known, state).catch((error: unknown) => {
        // Another worker was quicker: both go on from the same record.
        if (!isOvertaken(error)) throw error;
      });
    }
    begin(where, spec);
    return handle;
  }

  async function stop({ deploymentId }: ServingHandle): Promise<void> {
    const underWay = preparing.get(deploymentId);
    underWay?.abort.abort();
    await underWay?.done;
    const known = await readState(place, deploymentId);
    if (known === null || known.state.phase === "stopped") return;
    await movePhase(place, deploymentId, "stopping");
    if (await removeDeployment(place, known.state)) await movePhase(place, deploymentId, "stopped");
  }

  return {
    name: "azure-online-endpoint",
    start: (deploymentId, spec) => inWords(start(deploymentId, spec)),
    observe: (handles) =>
      Promise.all(
        handles.map(({ deploymentId }) =>
          inWords(
            observeDeployment(place, deploymentId, preparing.get(deploymentId)?.message ?? null),
          ),
        ),
      ),
    stop: (handle) => inWords(stop(handle)),
    capabilities: {
      traffic: trafficControl(place),
      logs: {
        async read({ deploymentId }, offset, limitBytes) {
          const known = await readState(place, deploymentId);
          if (known === null) return { text: "", nextOffset: offset };
          return partOf(await readLog(place, known.state), offset, limitBytes);
        },
      },
    },
  };
}

const inWords = <T>(ask: Promise<T>): Promise<T> =>
  ask.catch((error: unknown) => {
    throw inOurWords(error);
  });
