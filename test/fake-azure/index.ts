import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openBlobs } from "./blobs.ts";
import { writeAtomically } from "./collection.ts";
import { exchange, type Door, type Exchange } from "./exchange.ts";
import { openFaults, type FaultBook } from "./faults.ts";
import { passGate } from "./gate.ts";
import { createKeeper } from "./endpoint/keeper.ts";
import { createProxy, isEndpointPath } from "./endpoint/proxy.ts";
import { readCommand } from "./job/command.ts";
import { createRunner, type Runner } from "./job/runner.ts";
import { readNames } from "./names.ts";
import { defaultOptions, type FakeAzureOptions } from "./options.ts";
import { allRoutes } from "./routes.ts";
import { newJob } from "./arm/job.ts";
import { settleComputes } from "./arm/compute.ts";
import { firstCluster } from "./arm/first-cluster.ts";
import { resumeEndpoints } from "./arm/online-deployment.ts";
import { environmentFor, settingsFor, workspaceName } from "./settings.ts";
import { openState } from "./state.ts";
import { openStorage, type SharedStorage, type Storage } from "./storage.ts";
import { tokenFor } from "./token.ts";
import type { World } from "./world.ts";

export type { Exchange } from "./exchange.ts";
export type { Fault, FaultBook, FaultRule } from "./faults.ts";

export interface FakeAzure {
  /** `https://127.0.0.1:<port>`: management, sign-in, run history and endpoints. */
  readonly origin: string;
  /** PEM. */
  readonly certificateAuthority: string;
  /** Everything `connectAzure(env)` needs. */
  readonly environment: Record<string, string>;
  readonly workspace: ReturnType<typeof workspaceName>;
  /** `settings.azure` of a compute target. */
  readonly settings: ReturnType<typeof settingsFor>;
  /** Where an installation that keeps its files here puts its signed audit heads, as `infra/` makes one. */
  readonly headsContainer: string;
  readonly faults: FaultBook;
  /** What was asked and answered, when `record` is on. */
  readonly requests: Exchange[];
  /** How many reads and writes Resource Manager was sent so far. */
  readonly counted: Readonly<Door["counted"]>;
  readonly preempt: Runner["preempt"];
  /** Puts running jobs without processes there at once, for measurements with thousands of them; ask for `jobs: "pretend"`. */
  seedJobs(names: readonly string[], properties: Readonly<Record<string, unknown>>): void;
  /** A token as it would issue one; a negative life makes an expired one. */
  token(audience: string, secondsLeft: number): string;
  /** Ends it with all it started. `leaveProcesses` ends only the service, as a crash would: jobs go on and are found again. */
  close(options?: { readonly leaveProcesses?: boolean }): Promise<void>;
}

interface Start {
  readonly folder: string;
  readonly port?: number;
  /** An emulator of its own, in the folder, when it is given none. */
  readonly storage?: SharedStorage;
}

/** Starts it on a folder: the same folder is the same Azure, with its jobs, its blobs, its addresses. */
export async function startFakeAzure(
  options: Start & Partial<FakeAzureOptions>,
): Promise<FakeAzure> {
  const { folder, port, storage: shared, ...chosen } = options;
  const names = readNames(folder);
  const ports = readPorts(folder);
  const storage = await openStorage(folder, ports.blob, shared);
  const { tls } = storage;
  let answer: RequestListener = (_, response) => response.writeHead(503).end();
  const { cert, key } = tls.server;
  const server = createServer({ cert, key }, (message, response) => answer(message, response));
  const origin = await listen(server, port || ports.azure, storage);
  const ending = new AbortController();
  const world: World = {
    folder,
    origin,
    names,
    options: { ...defaultOptions(folder), ...chosen },
    blobs: openBlobs(storage),
    state: openState(folder),
    faults: openFaults(),
    ended: ending.signal,
  };
  writePorts(folder, origin, storage);
  firstCluster(world);
  settleComputes(world);
  const headsContainer = `${names.container}-heads`;
  for (const name of [names.container, names.artifactContainer, headsContainer])
    await world.blobs.container(name).createIfNotExists();
  const runner = createRunner(world);
  const keeper = createKeeper(world);
  resumeEndpoints(world, keeper);
  const requests: Exchange[] = [];
  const find = allRoutes(world, runner, keeper);
  const counted = { reads: 0, writes: 0 };
  const door: Door = { find, gate: gateOf(world), requests, counted };
  const proxy = createProxy(world);
  answer = (message, response) => {
    const calls = isEndpointPath(message.url ?? "");
    const done = calls ? proxy(message, response) : exchange(world, door, message, response);
    done.catch(() => response.destroy());
  };
  return {
    origin,
    certificateAuthority: tls.ca,
    environment: environmentFor(world),
    workspace: workspaceName(names),
    settings: settingsFor(world),
    headsContainer,
    faults: world.faults,
    requests,
    counted,
    preempt: runner.preempt,
    seedJobs(jobs, properties) {
      const body = { properties };
      readCommand(body);
      for (const name of jobs) world.state.jobs.put(newJob(name, body, "Running"));
    },
    token: (audience, secondsLeft) => tokenFor(names, audience, secondsLeft),
    async close({ leaveProcesses = false } = {}) {
      ending.abort();
      await Promise.all([runner.stop(leaveProcesses), keeper.stop(leaveProcesses)]);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await storage.close();
    },
  };
}

const gateOf =
  (world: World): Door["gate"] =>
  (request) => {
    if (/^\/(subscriptions|history)\//i.test(request.url.pathname)) passGate(world, request);
  };

interface Ports {
  readonly azure: number;
  readonly blob: number;
}

const portsFile = (folder: string): string => join(folder, "ports.json");

/** Clients keep the addresses they were given: a restart listens where it did. */
function readPorts(folder: string): Ports {
  const file = portsFile(folder);
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Ports)
    : { azure: 0, blob: 0 };
}

function writePorts(folder: string, origin: string, storage: Storage): void {
  const ports: Ports = {
    azure: Number(new URL(origin).port),
    blob: Number(new URL(storage.endpoint).port),
  };
  writeAtomically(portsFile(folder), JSON.stringify(ports));
}

async function listen(server: Server, port: number, storage: Storage): Promise<string> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  } catch (error) {
    await storage.close();
    throw error;
  }
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
