import { spawn } from "node:child_process";
import { open, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { forkArguments, inheritedByPrograms } from "@preceptor/python-environment";
import { DomainError, isSafePath } from "@preceptor/domain";
import type { ServingSpec } from "../provider.ts";
import type { DeploymentFolder } from "./folder.ts";
import type { LocalSettings } from "./options.ts";
import { digestOfToken, writeState } from "./state.ts";

/**
 * The shell notes its pid and start time, then becomes the server. `ln` fails where the note exists already, so that a start repeated
 * by a worker that was killed half-way never makes a second server.
 */
const NOTE_THEN_BECOME = `
note="$1"; shift
if [ -r "/proc/$$/stat" ]; then started=$(cut -d' ' -f22 "/proc/$$/stat"); else started=$(ps -o lstart= -p "$$"); fi
printf '%s\\n%s\\n' "$$" "$started" > "$note.$$"
ln "$note.$$" "$note"; made=$?
rm -f "$note.$$"
[ "$made" = 0 ] || exit 97
exec "$@"`;

/** Starts the server in a session of its own: it outlives this process, and its whole group can be ended. */
export async function launch(
  folder: DeploymentFolder,
  spec: ServingSpec,
  interpreter: string,
  settings: LocalSettings,
): Promise<void> {
  const [program, ...args] = spec.runtime.command;
  if (program === undefined) throw new DomainError("invalid", "The runtime has no command.");
  const port = await freePort();
  const token = settings.tokenFor(folder.deploymentId);
  const command = [
    ...(program === "python" || program === "python3"
      ? pythonFor(interpreter, folder, spec, settings)
      : [program]),
    ...args,
    "--model",
    folder.model,
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--served-name",
    spec.purpose,
  ];
  await rm(folder.process, { force: true });
  const log = await open(folder.log, "a", 0o600);
  try {
    const child = spawn("/bin/sh", ["-c", NOTE_THEN_BECOME, "sh", folder.process, ...command], {
      cwd: folder.code,
      detached: true,
      env: serverEnvironment(settings.environment, folder, token),
      stdio: ["ignore", log.fd, log.fd],
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    child.unref();
  } finally {
    await log.close();
  }
  await writeState(folder, {
    phase: "launched",
    port,
    tokenDigest: digestOfToken(token),
    launchedAtMs: Date.now(),
    wasHealthy: false,
  });
}

/** The interpreter, or a fork of one that has the server's libraries already. */
function pythonFor(
  interpreter: string,
  folder: DeploymentFolder,
  { runtime: { preload, requirements } }: ServingSpec,
  { workDir }: LocalSettings,
): string[] {
  if (preload == null || requirements === null) return [interpreter];
  if (!isSafePath(preload))
    throw new DomainError("invalid", "The preloaded modules' path leaves its folder.");
  return [interpreter, ...forkArguments(join(workDir, "forks"), join(folder.code, preload))];
}

/** The token travels in the environment, not in the arguments: those every user of the machine can list. */
const serverEnvironment = (
  inherited: LocalSettings["environment"],
  folder: DeploymentFolder,
  token: string,
): Record<string, string> => ({
  ...inheritedByPrograms(inherited),
  PYTHONUNBUFFERED: "1",
  HF_HUB_OFFLINE: "1",
  HF_HUB_DISABLE_TELEMETRY: "1",
  DO_NOT_TRACK: "1",
  TRANSFORMERS_OFFLINE: "1",
  HF_DATASETS_OFFLINE: "1",
  TOKENIZERS_PARALLELISM: "false",
  HF_HOME: join(folder.path, "cache"),
  PRECEPTOR_SERVE_TOKEN: token,
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string")
    throw new DomainError("unavailable", "This machine gave no free port.");
  return address.port;
}
