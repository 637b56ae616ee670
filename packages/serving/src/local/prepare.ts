import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DomainError, isSafePath } from "@preceptor/domain";
import { inheritedByPip, prepareEnvironment } from "@preceptor/python-environment";
import type { ServingSpec } from "../provider.ts";
import type { DeploymentFolder } from "./folder.ts";
import { launch } from "./launch.ts";
import { assertModelDigest, materialise } from "./materialise.ts";
import type { LocalSettings } from "./options.ts";
import { endServer } from "./server-process.ts";
import { writeState } from "./state.ts";

/** From a spec to a started server. Whatever fails before the server starts is the deployment's failure, with nothing loaded. */
export async function prepareAndLaunch(
  folder: DeploymentFolder,
  spec: ServingSpec,
  settings: LocalSettings,
  signal: AbortSignal,
): Promise<void> {
  const say = (message: string): Promise<void> =>
    writeState(folder, { phase: "preparing", message });
  try {
    assertModelDigest(spec.files, spec.modelDigest);
    // A start cut short by a crash may have left a server nobody noted: it ends before another begins.
    await endServer(folder, settings.stopTimeoutMs);
    const { files, runtime } = spec;
    await materialise(files, folder.model, signal, (done) =>
      say(`checking the model's files, ${done} of ${files.length} done`),
    );
    await materialise(runtime.code, folder.code, signal, () => say("bringing the server's code"));
    await say("preparing the Python environment");
    const interpreter = await prepareEnvironment({
      environments: join(settings.workDir, "environments"),
      requirementsFile: requirementsFileOf(folder, runtime.requirements),
      python: settings.python,
      environment: inheritedByPip(settings.environment),
      signal,
    });
    signal.throwIfAborted();
    await launch(folder, spec, interpreter, settings);
  } catch (error) {
    if (signal.aborted) return;
    await rm(folder.model, { recursive: true, force: true });
    await writeState(folder, { phase: "failed", message: messageOf(error) });
  }
}

function requirementsFileOf(folder: DeploymentFolder, path: string | null): string | null {
  if (path === null) return null;
  if (!isSafePath(path))
    throw new DomainError("invalid", "The requirements' path leaves its folder.");
  return join(folder.code, path);
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : "The server could not be started.";
