import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { idOf } from "../arm/reference.ts";
import { placeOf } from "../blob-uri.ts";
import type { BlobPlace } from "../blobs.ts";
import type { JobProcess } from "../state.ts";
import type { World } from "../world.ts";
import { commandOf, fillCommand, shapeOf } from "./command.ts";
import { artifactPrefix, logName, runFolders } from "./folders.ts";
import { startProcess } from "./processes.ts";
import { change, jobOf } from "./status.ts";
import { runVariables } from "./variables.ts";

/** Brings code and inputs to the nodes and starts every process. What was started is written down at once. */
export async function launch(
  world: World,
  id: string,
  bin: string,
  signal: AbortSignal,
): Promise<void> {
  const job = change(world, id, { masterPort: await freePort(), processes: [] });
  const command = commandOf(job);
  const { nodes, perNode, kind } = shapeOf(command);
  const folders = runFolders(world, job);
  const inputs = await bringInputs(world, id);
  const outputs = outputFolders(world, id);
  const filled = fillCommand(command.command, { inputs, outputs });
  for (let node = 0; node < (kind === "none" ? 1 : nodes); node++) {
    await bringCode(world, id, folders.code(node));
    for (let local = 0; local < perNode; local++) {
      signal.throwIfAborted();
      const rank = node * perNode + local;
      const exitFile = join(folders.exits, String(rank));
      const logFile = join(folders.logs, logName(job, rank));
      const variables = runVariables(world, job, { node, local }, bin);
      const folder = folders.code(node);
      const identity = await startProcess({
        command: filled,
        folder,
        variables,
        exitFile,
        logFile,
      });
      const started: JobProcess = { rank, node, identity, exitFile, logFile };
      change(world, id, { processes: [...jobOf(world, id).processes, started] });
    }
  }
}

async function bringCode(world: World, id: string, folder: string): Promise<void> {
  const { codeId } = commandOf(jobOf(world, id));
  const uri = codeId ? world.state.codes.get(idOf(codeId))?.properties["codeUri"] : undefined;
  // Downloading nothing still makes the folder the command runs in.
  const place =
    typeof uri === "string"
      ? placeOf(world, uri)
      : { container: world.names.container, prefix: "no-code/" };
  await world.blobs.download(place, folder);
}

/** Paths of data, values of literals, by input name. */
async function bringInputs(world: World, id: string): Promise<Record<string, string>> {
  const job = jobOf(world, id);
  const values: Record<string, string> = {};
  for (const [name, input] of Object.entries(commandOf(job).inputs ?? {})) {
    const folder = join(runFolders(world, job).inputs, name);
    if (input.jobInputType === "literal") values[name] = input.value ?? "";
    else {
      await world.blobs.download(placeOf(world, input.uri ?? ""), folder);
      values[name] = folder;
    }
  }
  return values;
}

export function outputFolders(world: World, id: string): Record<string, string> {
  const job = jobOf(world, id);
  const { outputs } = runFolders(world, job);
  const names = Object.keys(outputPlaces(world, id));
  return Object.fromEntries(names.map((name) => [name, join(outputs, name)]));
}

/** Where each output lies: as asked, or under the run's own artifacts. */
export function outputPlaces(world: World, id: string): Record<string, BlobPlace> {
  const job = jobOf(world, id);
  const places: Record<string, BlobPlace> = {};
  for (const [name, { uri }] of Object.entries(commandOf(job).outputs ?? {}))
    places[name] = uri
      ? placeOf(world, uri)
      : { container: world.names.container, prefix: `azureml/${job.id}/${name}/` };
  places["default"] ??= {
    container: world.names.artifactContainer,
    prefix: `${artifactPrefix(job)}outputs/`,
  };
  return places;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
