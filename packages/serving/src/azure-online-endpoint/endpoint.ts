import { faultOf, once, orNull } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";
import { endpointBody, withTraffic } from "./bodies.ts";
import { endpointPath, type Place } from "./place.ts";
import { sameTraffic, without, type Traffic } from "./traffic.ts";
import { until } from "./waiting.ts";
import { EndpointResource, Nothing } from "./wire.ts";

export const readEndpoint = ({ client }: Place, name: string): Promise<EndpointResource | null> =>
  orNull(client.send({ method: "GET", path: endpointPath(name), schema: EndpointResource }));

export const trafficOf = ({ properties }: EndpointResource): Traffic => ({
  live: properties.traffic ?? {},
  mirror: properties.mirrorTraffic ?? {},
});

/** There and ready. One that is there is never written again: a PUT without its traffic would take all of it away. */
export function ensureEndpoint(
  place: Place,
  name: string,
  purpose: string,
  signal: AbortSignal,
): Promise<void> {
  return place.queue.run(name, async () => {
    const isThere = async (): Promise<boolean> => (await readEndpoint(place, name)) !== null;
    const body = endpointBody(place.target, purpose);
    const put = { method: "PUT", path: endpointPath(name), body, schema: Nothing } as const;
    if (!(await isThere())) await once(() => place.client.send(put), isThere);
    const state = await settledEndpoint(place, name, signal);
    if (state !== "Succeeded")
      throw new DomainError(
        "invalid",
        `The endpoint ${name} is ${state}. Look at it in the workspace, delete it there, then deploy again.`,
      );
  });
}

/** What an operation comes to. Any other word, also one that nobody here knows, is waited out. */
const settledStates = new Set(["Succeeded", "Failed", "Canceled"]);

/** Its state once no operation is under way; `gone` when it is not there. */
function settledEndpoint(place: Place, name: string, signal: AbortSignal): Promise<string> {
  return until({ pollMs: place.pollMs, signal }, async () => {
    const found = await readEndpoint(place, name);
    if (found === null) return "gone";
    const state = found.properties.provisioningState ?? "Updating";
    return settledStates.has(state) ? state : null;
  });
}

/** Takes one deployment out of the traffic without waiting for anybody; false when the endpoint is busy and has to be asked again. */
export async function takeOut(place: Place, endpoint: string, name: string): Promise<boolean> {
  const found = await readEndpoint(place, endpoint);
  if (found === null || !isIn(trafficOf(found), name)) return true;
  await tryToWrite(place, endpoint, (now) => without(now, name));
  return false;
}

/** One step towards this traffic without waiting for anybody; true once it is so and no operation is under way. */
export async function bringTraffic(
  place: Place,
  endpoint: string,
  wanted: Traffic,
): Promise<boolean> {
  const found = await readEndpoint(place, endpoint);
  if (found === null) throw new DomainError("not-found", `There is no endpoint ${endpoint}.`);
  if (sameTraffic(trafficOf(found), wanted)) return !isPassing(found);
  await tryToWrite(place, endpoint, () => wanted);
  return false;
}

/** Writes the whole endpoint with another traffic, if nothing is under way there; who finds it busy comes again. */
async function tryToWrite(
  place: Place,
  endpoint: string,
  change: (now: Traffic) => Traffic,
): Promise<void> {
  await place.queue.tryRun(endpoint, async () => {
    const now = await readEndpoint(place, endpoint);
    if (now === null || isPassing(now)) return;
    const body = withTraffic(now, change(trafficOf(now)));
    const put = { method: "PUT", path: endpointPath(endpoint), body, schema: Nothing } as const;
    await isTaken(place.client.send(put));
  });
}

const isPassing = ({ properties }: EndpointResource): boolean =>
  !settledStates.has(properties.provisioningState ?? "Updating");

const isIn = ({ live, mirror }: Traffic, name: string): boolean =>
  (live[name] ?? 0) > 0 || (mirror[name] ?? 0) > 0;

/**
 * Reads, changes and writes the whole endpoint; answers the former traffic. Azure takes one operation at a time on an endpoint, whoever
 * asks: another process's, found under way, is waited out and then read, so that what it wrote is changed and never written over.
 */
export function changeTraffic(
  place: Place,
  name: string,
  signal: AbortSignal,
  change: (former: Traffic) => Traffic | Promise<Traffic>,
): Promise<Traffic> {
  return place.queue.run(name, async () => {
    const { former } = await until({ pollMs: place.pollMs, signal }, async () => {
      await settledEndpoint(place, name, signal);
      const found = await readEndpoint(place, name);
      if (found === null) throw new DomainError("not-found", `There is no endpoint ${name}.`);
      const was = trafficOf(found);
      const body = withTraffic(found, await change(was));
      const put = { method: "PUT", path: endpointPath(name), body, schema: Nothing } as const;
      return (await isTaken(place.client.send(put))) ? { former: was } : null;
    });
    const state = await settledEndpoint(place, name, signal);
    if (state !== "Succeeded")
      throw new DomainError("unavailable", `The endpoint ${name} is ${state} after the change.`);
    return former;
  });
}

/** False where Azure is at another operation on the endpoint. */
async function isTaken(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (faultOf(error).kind !== "conflict") throw error;
    return false;
  }
}
