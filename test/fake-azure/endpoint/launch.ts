import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { basename, join } from "node:path";
import {
  inheritedByPrograms,
  processIdentity,
  type ProcessIdentity,
} from "@preceptor/python-environment";
import { idOf } from "../arm/reference.ts";
import { placeOf } from "../blob-uri.ts";
import { buildEnvironment } from "../job/environment.ts";
import { freePort } from "../job/launch.ts";
import { RunFailure } from "../job/status.ts";
import type { World } from "../world.ts";
import { deploymentOf, type Deployment } from "./bodies.ts";
import { buildFromContext, type BuiltImage } from "./build-context.ts";

export interface Launched {
  readonly port: number;
  readonly process: ProcessIdentity;
}

export const serverFolder = (world: World, id: string, revision: number): string =>
  join(world.folder, "servers", id.replace(":", "/"), `revision-${revision}`);

export const serverLog = (world: World, id: string, revision: number): string =>
  join(serverFolder(world, id, revision), "log.txt");

/** Brings model and code to the machine and starts the server. Several share this machine, so each is told its own PORT. */
export async function launchServer(
  world: World,
  id: string,
  revision: number,
  signal: AbortSignal,
): Promise<Launched> {
  const document = world.state.deployments.get(id);
  if (document === undefined) throw new RunFailure("NotFound", `There is no deployment ${id}.`);
  const { properties } = deploymentOf(document);
  const folder = serverFolder(world, id, revision);
  const model = await bringModel(world, properties, folder);
  const image = await imageOf(world, properties, folder, signal);
  const { code, bin, argv } = image;
  const port = await freePort();
  const [script = ""] = argv;
  const own = inheritedByPrograms(process.env);
  mkdirSync(folder, { recursive: true });
  const log = openSync(serverLog(world, id, revision), "a");
  const child = spawn(script.endsWith(".sh") ? "bash" : join(bin, "python"), argv, {
    cwd: code,
    detached: true,
    stdio: ["ignore", log, log],
    env: {
      ...own,
      PATH: `${bin}:${own["PATH"] ?? "/usr/bin:/bin"}`,
      PYTHONUNBUFFERED: "1",
      AZUREML_APP_ROOT: code,
      AZUREML_ENTRY_SCRIPT: script,
      ...(model === null ? {} : { AZUREML_MODEL_DIR: model }),
      ...properties.environmentVariables,
      HOST: "127.0.0.1",
      PORT: String(port),
    },
  });
  child.on("error", () => {});
  child.unref();
  closeSync(log);
  const identity = child.pid === undefined ? null : await processIdentity(child.pid);
  if (identity === null)
    throw new RunFailure(
      "ResourceNotReady",
      "User container has crashed or terminated: see its logs.",
    );
  return { port, process: identity };
}

type Properties = Deployment["properties"];

/** What the environment was built from, or the deployment's own code on the environment's packages. */
async function imageOf(
  world: World,
  properties: Properties,
  folder: string,
  signal: AbortSignal,
): Promise<BuiltImage> {
  const reference = properties.environmentId ?? "";
  const built = await buildFromContext(world, reference, join(folder, "image"), signal);
  if (built !== null) return built;
  const code = await bringCode(world, properties, folder);
  const bin = await buildEnvironment(world, reference, { onLine: () => {}, signal });
  return { code, bin, argv: [properties.codeConfiguration?.scoringScript ?? ""] };
}

async function bringCode(world: World, properties: Properties, folder: string): Promise<string> {
  const { codeConfiguration } = properties;
  const asset = world.state.codes.get(idOf(codeConfiguration?.codeId ?? ""));
  if (asset === undefined)
    throw new RunFailure(
      "ImageCannotRun",
      "This fake runs no foreign images: a deployment needs a codeConfiguration whose scoringScript is the server, or an environment with a build context.",
    );
  const code = join(folder, "code");
  await world.blobs.download(placeOf(world, String(asset.properties["codeUri"])), code);
  return code;
}

/** As Azure lays it out: the folder the model's address names is inside AZUREML_MODEL_DIR, under its own name. */
async function bringModel(
  world: World,
  { model }: Properties,
  folder: string,
): Promise<string | null> {
  if (!model) return null;
  const asset = world.state.models.get(idOf(model));
  if (asset === undefined) throw new RunFailure("NotFound", `The model ${model} does not exist.`);
  const place = placeOf(world, String(asset.properties["modelUri"]));
  const root = join(folder, "azureml-models", asset.name, asset.version);
  const found = await world.blobs.download(place, join(root, basename(place.prefix)));
  if (found.length === 0)
    throw new RunFailure(
      "ModelDownloadFailed",
      `The model ${asset.name} has no files at its address.`,
    );
  return root;
}
