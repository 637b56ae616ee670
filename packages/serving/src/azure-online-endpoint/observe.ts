import { askEndpoint, endpointBase, endpointScope, listEndpointKey } from "@preceptor/azure";
import type { EndpointAccess } from "@preceptor/domain";
import type { ServingObservation } from "../provider.ts";
import { deploymentState, isBroken, operationError, removeDeployment } from "./deployment.ts";
import { readEndpoint } from "./endpoint.ts";
import { deploymentName } from "./names.ts";
import type { Place } from "./place.ts";
import { movePhase, readState, type State } from "./state.ts";
import { ServedModels } from "./wire.ts";

/** What can be said of a deployment. `underWay` is what this process is doing for it, if it is. */
export async function observeDeployment(
  place: Place,
  deploymentId: string,
  underWay: string | null,
): Promise<ServingObservation> {
  const known = await readState(place, deploymentId);
  if (known === null) return { kind: "gone" };
  const { state } = known;
  if (state.phase === "stopped") return { kind: "stopped" };
  if (state.phase === "failed")
    return { kind: "failed", message: state.message ?? "It could not be started." };
  if (state.phase === "stopping") return towardsStopped(place, state);
  if (state.phase === "failing") return towardsFailed(place, state);
  const found = await deploymentState(place, state);
  // Nobody is at it, in this process at least: to start again is to go on.
  if (found === null) return underWay === null ? { kind: "gone" } : starting(underWay);
  if (isBroken(found)) return failed(place, state, found);
  if (found === "Succeeded") return answering(place, state);
  if (found === "Deleting") return { kind: "unhealthy", message: "It is being deleted." };
  return starting(`${words[found] ?? `Azure says ${found}`}`);
}

const words: Readonly<Record<string, string>> = {
  Creating: "Azure builds the image and starts the machine",
  Updating: "Azure is updating it",
  Scaling: "Azure is scaling it",
};
const starting = (message: string): ServingObservation => ({ kind: "starting", message });

async function towardsStopped(place: Place, state: State): Promise<ServingObservation> {
  if (!(await removeDeployment(place, state)))
    return { kind: "unhealthy", message: "It is being stopped." };
  await movePhase(place, state.deploymentId, "stopped");
  return { kind: "stopped" };
}

async function failed(place: Place, state: State, found: string): Promise<ServingObservation> {
  const why = await operationError(place, state.operation);
  const message = `Azure could not bring it up (${found})${why === null ? "." : `: ${why}`} Where its container started, its log says why.`;
  await movePhase(place, state.deploymentId, "failing", { message });
  return towardsFailed(place, { ...state, message });
}

/** A failed deployment goes on costing until it is deleted, so it is not over before: a busy endpoint refuses, and is asked again. */
async function towardsFailed(place: Place, state: State): Promise<ServingObservation> {
  const message = state.message ?? "It could not be started.";
  if (!(await removeDeployment(place, state)))
    return { kind: "unhealthy", message: `${message} What is left of it is being deleted.` };
  await movePhase(place, state.deploymentId, "failed", { message });
  return { kind: "failed", message };
}

async function answering(place: Place, state: State): Promise<ServingObservation> {
  const endpoint = await readEndpoint(place, state.endpoint);
  const base = endpointBase(endpoint?.properties.scoringUri);
  if (base === null) return { kind: "unhealthy", message: "Its endpoint has no address." };
  const wantsKey = endpoint?.properties.authMode === "Key";
  // For this one question; whoever calls the endpoint later asks Azure for it too.
  const key = wantsKey ? await listEndpointKey(place.client, state.endpoint) : null;
  const headers = { "azureml-model-deployment": deploymentName(state.deploymentId) };
  const problem = await healthProblem(place, state, base, headers, key);
  if (problem !== null) return { kind: "unhealthy", message: problem };
  const { subscriptionId, resourceGroup, workspace, region } = place.target;
  const named = { subscriptionId, resourceGroup, workspace, region, endpoint: state.endpoint };
  const access: EndpointAccess = {
    bearer: wantsKey
      ? { from: "endpoint-key", place: named }
      : { from: "identity", scope: endpointScope },
    headers,
  };
  return { kind: "healthy", endpoint: base, access };
}

/** null when it answers as the server of this purpose. */
async function healthProblem(
  { connection }: Place,
  { purpose }: State,
  base: string,
  headers: Readonly<Record<string, string>>,
  key: string | null,
): Promise<string | null> {
  const answer = await askEndpoint(connection, { url: `${base}/models`, headers, key }).catch(
    () => null,
  );
  if (answer === null) return "its endpoint does not answer";
  if (answer.status === 401 || answer.status === 403)
    return "its endpoint refuses us: give the worker's and the gateway's identity the role AzureML Data Scientist on the workspace";
  if (answer.status !== 200) return `its endpoint answers ${answer.status}`;
  const models = ServedModels.safeParse(parsed(answer.text));
  const named = models.success && models.data.data.some(({ id }) => id === purpose);
  return named ? null : "its endpoint answers for another model";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
