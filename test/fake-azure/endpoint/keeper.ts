import { setTimeout as pause } from "node:timers/promises";
import { groupAlive, isRunning, signalGroup } from "@preceptor/python-environment";
import type { ResourceDocument } from "../state.ts";
import type { World } from "../world.ts";
import { deploymentOf, servedOf, type Served } from "./bodies.ts";
import { launchServer, serverLog } from "./launch.ts";
import { untilReady } from "./ready.ts";

/** Keeps a server running for every deployment, and starts it again when it ends, as the service restarts a container. */
export interface Keeper {
  /** Starts the deployment's newest revision and, once it is ready, ends the one before. Throws why it does not get ready. */
  deploy(id: string): Promise<void>;
  end(document: ResourceDocument): Promise<void>;
  stop(leaveProcesses: boolean): Promise<void>;
}

const lookMs = 500;
const graceMs = 2000;

export function createKeeper(world: World): Keeper {
  const { deployments } = world.state;

  async function deploy(id: string): Promise<void> {
    const before = deployments.get(id);
    if (before === undefined) return;
    const revision = servedOf(before).revision + 1;
    const launched = await launchServer(world, id, revision, world.ended);
    const logFile = serverLog(world, id, revision);
    try {
      await untilReady(world, deploymentOf(before).properties, launched, logFile);
    } catch (error) {
      await endGroup(launched.process);
      remember(id, { ...servedOf(before), revision });
      throw error;
    }
    remember(id, { revision, ...launched });
    await endGroup(servedOf(before).process);
  }

  function remember(id: string, inner: Served): void {
    const document = deployments.get(id);
    if (document) deployments.put({ ...document, inner: { ...inner } });
  }

  /** One look at every server; a dead one gets a new process of the same revision. */
  async function look(): Promise<void> {
    for (const document of deployments.all()) {
      const { process, revision } = servedOf(document);
      const rests = document.provisioningState === "Succeeded";
      if (!rests || process === null || (await isRunning(process)) || world.ended.aborted) continue;
      remember(document.id, { revision, process, port: null });
      const launched = await launchServer(world, document.id, revision, world.ended);
      remember(document.id, { revision, ...launched });
    }
  }

  const watching = (async () => {
    while (!world.ended.aborted) {
      await look().catch(() => {});
      await pause(lookMs, undefined, { signal: world.ended }).catch(() => {});
    }
  })();

  return {
    deploy,
    end: (document) => endGroup(servedOf(document).process),
    async stop(leaveProcesses) {
      await watching;
      if (leaveProcesses) return;
      await Promise.all(deployments.all().map((one) => endGroup(servedOf(one).process)));
    },
  };
}

async function endGroup(process: Served["process"]): Promise<void> {
  if (process === null || !(await isRunning(process))) return;
  signalGroup(process.pid, "SIGTERM");
  for (const until = Date.now() + graceMs; Date.now() < until && groupAlive(process.pid);)
    await pause(50);
  signalGroup(process.pid, "SIGKILL");
}
