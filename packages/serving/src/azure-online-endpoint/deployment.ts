import { faultOf, once, orNull } from "@preceptor/azure";
import type { ServingSpec } from "../provider.ts";
import { deploymentBody, type DeploymentParts } from "./bodies.ts";
import { takeOut } from "./endpoint.ts";
import { keepLog } from "./logs.ts";
import { deploymentName } from "./names.ts";
import { deploymentPath, type Place } from "./place.ts";
import type { State } from "./state.ts";
import { until, whenFree } from "./waiting.ts";
import { DeploymentResource, Nothing, OperationStatus } from "./wire.ts";

export type Where = Pick<State, "deploymentId" | "endpoint" | "purpose">;

/** Its provisioning state; null when Azure has no such deployment. */
export async function deploymentState(
  { client }: Place,
  { endpoint, deploymentId }: Where,
): Promise<string | null> {
  const path = deploymentPath(endpoint, deploymentName(deploymentId));
  const found = await orNull(client.send({ method: "GET", path, schema: DeploymentResource }));
  return found === null ? null : (found.properties.provisioningState ?? "Updating");
}

export const isBroken = (state: string): boolean => state === "Failed" || state === "Canceled";

/**
 * Asks Azure for it once: what is there, or on its way, is not asked for again. A failed one of before makes room first. Answers where the
 * operation is followed, where Azure was asked now.
 */
export function createDeployment(
  place: Place,
  where: Where,
  spec: ServingSpec,
  parts: DeploymentParts,
  signal: AbortSignal,
): Promise<string | null> {
  const path = deploymentPath(where.endpoint, deploymentName(where.deploymentId));
  const body = deploymentBody(place.target, spec, parts);
  const patience = { pollMs: place.pollMs, signal };
  const isThere = async (): Promise<boolean> => (await deploymentState(place, where)) !== null;
  return place.queue.run(where.endpoint, async () => {
    const free = await until(patience, async () => {
      const state = await deploymentState(place, where);
      if (state === null) return "free";
      if (isBroken(state)) await askToDelete(place, where);
      return isBroken(state) || state === "Deleting" ? null : "taken";
    });
    if (free === "taken") return null;
    const answer = await whenFree(patience, () =>
      once(() => place.client.exchange({ method: "PUT", path, body, schema: Nothing }), isThere),
    );
    return pathOf(answer?.header("azure-asyncoperation"));
  });
}

const pathOf = (address: string | undefined): string | null => {
  const url = URL.parse(address ?? "");
  return url === null ? null : url.pathname + url.search;
};

/** What Azure says went wrong with an operation, in our words; null when it says nothing, or no longer knows it. */
export async function operationError(
  { client }: Place,
  operation: string | null,
): Promise<string | null> {
  const url = URL.parse(operation ?? "", "https://operation");
  if (operation === null || url === null) return null;
  const query = Object.fromEntries(url.searchParams);
  const ask = client.send({ method: "GET", path: url.pathname, query, schema: OperationStatus });
  const error = (await ask.catch(() => null))?.error;
  if (error === null || error === undefined) return null;
  const { code = "", message = "" } = error;
  return faultOf(Object.assign(new Error(message ?? ""), { code })).message;
}

/** One step towards its end; true once Azure has it no more. A busy endpoint is no error: the next look goes on. */
export async function removeDeployment(place: Place, where: Where): Promise<boolean> {
  const state = await deploymentState(place, where);
  if (state === null) return true;
  if (state === "Deleting") return false;
  if (isBroken(state)) await keepLog(place, where);
  const name = deploymentName(where.deploymentId);
  if (!(await takeOut(place, where.endpoint, name))) return false;
  await askToDelete(place, where);
  return (await deploymentState(place, where)) === null;
}

async function askToDelete({ client }: Place, where: Where): Promise<void> {
  const path = deploymentPath(where.endpoint, deploymentName(where.deploymentId));
  try {
    await client.send({ method: "DELETE", path, schema: Nothing });
  } catch (error) {
    const { kind, doubtful } = faultOf(error);
    if (kind !== "not-found" && kind !== "conflict" && !doubtful) throw error;
  }
}
