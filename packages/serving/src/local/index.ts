import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@preceptor/domain";
import { endForkServers } from "@preceptor/python-environment";
import type {
  ServingHandle,
  ServingObservation,
  ServingProvider,
  ServingSpec,
} from "../provider.ts";
import { deploymentFolder, deploymentIds, type DeploymentFolder } from "./folder.ts";
import { readServerLog } from "./log.ts";
import { observeServer } from "./observe.ts";
import { settingsOf, type LocalServingOptions } from "./options.ts";
import { prepareAndLaunch } from "./prepare.ts";
import { endServer } from "./server-process.ts";
import { isWhole, readSpec, readState, wantsToken, writeSpec, writeState } from "./state.ts";

export type { LocalServingOptions } from "./options.ts";

export interface LocalServing extends ServingProvider {
  /** Ends every server of the work folder, for when the whole installation stops; the next worker starts them again. */
  endServers(): Promise<void>;
}

/** Serves from processes on this machine that outlive the worker. What is known of them is on disk, so a new worker finds them. */
export function localServing(options: LocalServingOptions): LocalServing {
  const settings = settingsOf(options);
  const preparing = new Map<string, { done: Promise<void>; abort: AbortController }>();
  const folderOf = (id: string): DeploymentFolder => deploymentFolder(settings.workDir, id);

  function begin(deploymentId: string, folder: DeploymentFolder, spec: ServingSpec): void {
    if (preparing.has(deploymentId)) return;
    const abort = new AbortController();
    const done = prepareAndLaunch(folder, spec, settings, abort.signal).finally(() =>
      preparing.delete(deploymentId),
    );
    // prepareAndLaunch writes its failure down; what is left is a disk that takes no writing, seen again at the next observation.
    done.catch(() => {});
    preparing.set(deploymentId, { done, abort });
  }

  async function start(deploymentId: string, spec: ServingSpec): Promise<ServingHandle> {
    const folder = folderOf(deploymentId);
    const handle: ServingHandle = {
      provider: "local",
      deploymentId,
      data: { folder: folder.path },
    };
    // Asked before the state is read: a preparation that ends between the two has not died, it has launched.
    const underWay = preparing.has(deploymentId);
    const known = await readSpec(folder);
    if (known !== null && known.modelDigest !== spec.modelDigest)
      throw new DomainError("conflict", "This deployment was started with another model.");
    const state = await readState(folder);
    const dead =
      (state?.phase === "preparing" && !underWay) ||
      (state !== null && !wantsToken(state, settings.tokenFor(deploymentId)));
    if (state !== null && state.phase !== "failed" && !dead) return handle;
    await mkdir(folder.path, { recursive: true, mode: 0o700 });
    await writeSpec(folder, spec);
    await writeState(folder, { phase: "preparing", message: "starting" });
    begin(deploymentId, folder, spec);
    return handle;
  }

  async function observeOne({ deploymentId }: ServingHandle): Promise<ServingObservation> {
    const folder = folderOf(deploymentId);
    const underWay = preparing.has(deploymentId);
    const state = await readState(folder);
    if (state === null) return { kind: "gone" };
    if (state.phase === "failed") return { kind: "failed", message: state.message };
    if (state.phase === "stopped") return { kind: "stopped" };
    // Nobody can ask it any more: whoever starts it again ends it first.
    if (!wantsToken(state, settings.tokenFor(deploymentId))) return { kind: "gone" };
    if (state.phase === "launched") return observeServer(folder, state, settings);
    if (underWay || preparing.has(deploymentId))
      return { kind: "starting", message: state.message };
    // Its preparation died with a former worker: the same spec is taken up again, or asked for anew where its links were signed.
    const spec = await readSpec(folder);
    if (spec === null || !isWhole(spec)) return { kind: "gone" };
    begin(deploymentId, folder, spec);
    return { kind: "starting", message: state.message };
  }

  async function stop({ deploymentId }: ServingHandle): Promise<void> {
    const folder = folderOf(deploymentId);
    const underWay = preparing.get(deploymentId);
    underWay?.abort.abort();
    await underWay?.done;
    if ((await readState(folder)) === null) return;
    await endServer(folder, settings.stopTimeoutMs);
    await writeState(folder, { phase: "stopped" });
    await rm(folder.model, { recursive: true, force: true });
    await rm(folder.code, { recursive: true, force: true });
  }

  async function endServers(): Promise<void> {
    for (const { abort } of preparing.values()) abort.abort();
    await Promise.all([...preparing.values()].map(({ done }) => done));
    const ids = await deploymentIds(settings.workDir);
    await Promise.all(ids.map((id) => endServer(folderOf(id), settings.stopTimeoutMs)));
    await endForkServers(join(settings.workDir, "forks"));
  }

  return {
    name: "local",
    endServers,
    start,
    observe: (handles) => Promise.all(handles.map(observeOne)),
    stop,
    capabilities: {
      logs: {
        read: ({ deploymentId }, offset, limitBytes) =>
          readServerLog(folderOf(deploymentId), offset, limitBytes),
      },
    },
  };
}
