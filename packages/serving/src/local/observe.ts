import type { EndpointAccess } from "@preceptor/domain";
import type { ServingObservation } from "../provider.ts";
import type { DeploymentFolder } from "./folder.ts";
import { readSpec, writeState, type LocalState } from "./state.ts";
import type { LocalSettings } from "./options.ts";
import { endServer, notedProcess, serverRuns } from "./server-process.ts";

const HEALTH_TIMEOUT_MS = 2000;
const access: EndpointAccess = { bearer: { from: "installation" }, headers: {} };
/** Between the launch and the shell's note nothing can be seen of the process. */
const NOTE_WITHIN_MS = 5000;

type Launched = Extract<LocalState, { phase: "launched" }>;

/** What a launched server says now; remembers its first healthy answer and its end. */
export async function observeServer(
  folder: DeploymentFolder,
  state: Launched,
  settings: LocalSettings,
): Promise<ServingObservation> {
  const ageMs = Date.now() - state.launchedAtMs;
  if (!(await serverRuns(folder))) {
    if ((await notedProcess(folder)) === null && ageMs < NOTE_WITHIN_MS)
      return { kind: "starting", message: "starting the server" };
    return failed(
      folder,
      state.wasHealthy
        ? "The server's process ended."
        : "The server ended while it was loading the model.",
    );
  }
  const problem = await healthProblem(folder, state, settings.tokenFor(folder.deploymentId));
  if (problem === null) {
    if (!state.wasHealthy) await writeState(folder, { ...state, wasHealthy: true });
    const endpoint = `http://127.0.0.1:${state.port}/v1`;
    return { kind: "healthy", endpoint, access };
  }
  if (state.wasHealthy) return { kind: "unhealthy", message: problem };
  if (ageMs < settings.startTimeoutMs) return { kind: "starting", message: "loading the model" };
  await endServer(folder, settings.stopTimeoutMs);
  const seconds = Math.round(settings.startTimeoutMs / 1000);
  return failed(
    folder,
    `The server did not answer its health check within ${seconds} s of its start.`,
  );
}

async function failed(folder: DeploymentFolder, what: string): Promise<ServingObservation> {
  const message = `${what} Its log says why: ${folder.log}`;
  await writeState(folder, { phase: "failed", message });
  return { kind: "failed", message };
}

/** null when it answers as the server of this purpose; a stranger on the port must not pass for it. */
async function healthProblem(
  folder: DeploymentFolder,
  state: Launched,
  token: string,
): Promise<string | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${state.port}/health`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
    });
    const body: unknown = await response.json();
    if (!response.ok) return `its health check answers ${response.status}`;
    const spec = await readSpec(folder);
    const named = typeof body === "object" && body !== null && "model" in body ? body.model : null;
    return named === spec?.purpose ? null : "its health check answers for another model";
  } catch {
    return "its health check does not answer";
  }
}
