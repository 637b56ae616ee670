import { request, type IncomingMessage, type ServerResponse } from "node:http";
import { Refusal } from "../answer.ts";
import { write } from "../exchange.ts";
import { effectOf, type Outcome } from "../fault-effects.ts";
import { durationMs } from "../job/duration.ts";
import type { ResourceDocument } from "../state.ts";
import { checkToken } from "../token.ts";
import type { World } from "../world.ts";
import { deploymentOf, endpointOf, servedOf } from "./bodies.ts";
import { keysOf, validTokens } from "./keys.ts";

const pattern = /^\/endpoints\/([^/]+)(\/.*)?$/;
const header = "azureml-model-deployment";

export const isEndpointPath = (path: string): boolean => pattern.test(path);

/** Stands between callers and model servers: who may call, which deployment answers, and Azure's words for what goes wrong. */
export function createProxy(world: World) {
  const inFlight = new Map<string, number>();
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(message.url ?? "/", world.origin);
    const [, name = "", path = "/"] = pattern.exec(url.pathname) ?? [];
    const instead = faultFor(world, message, url);
    if (instead !== null) return write(response, instead);
    try {
      const endpoint = world.state.endpoints.get(name);
      if (endpoint === undefined)
        throw new Refusal(404, "NotFound", `There is no endpoint ${name}.`);
      checkCaller(world, endpoint, message, url);
      const chosen = choose(world, endpoint, String(message.headers[header] ?? ""));
      const body = await bytesOf(message);
      mirror(world, endpoint, chosen, message, path + url.search, body);
      await forward({ chosen, message, response, target: path + url.search, body, inFlight });
    } catch (error) {
      const refusal =
        error instanceof Refusal ? error : new Refusal(502, "BadGateway", "The request was cut.");
      if (response.headersSent) return void response.destroy();
      response.writeHead(refusal.status, { "content-type": "application/json" });
      response.end(JSON.stringify(refusal.answer().body));
    }
  };
}

/** Faults that come instead of an answer; what the model said is never changed. */
function faultFor(world: World, message: IncomingMessage, url: URL): Outcome | null {
  const method = message.method ?? "GET";
  const fault = world.faults.take(method, url.pathname + url.search);
  const { headers } = message;
  return effectOf(fault).before({ method, url, params: {}, headers, body: null }, world);
}

function checkCaller(
  world: World,
  endpoint: ResourceDocument,
  message: IncomingMessage,
  url: URL,
): void {
  const { authMode } = endpointOf(endpoint).properties;
  if (authMode === "AADToken") {
    const request = { method: "POST", url, params: {}, headers: message.headers, body: null };
    return checkToken(world, request, ["https://ml.azure.com"]);
  }
  const given = (message.headers.authorization ?? "").replace(/^Bearer /, "");
  const { primaryKey, secondaryKey } = keysOf(world, endpoint.id);
  const good = authMode === "Key" ? [primaryKey, secondaryKey] : validTokens(world, endpoint.id);
  if (!good.includes(given)) throw new Refusal(401, "key_auth_access_denied", "Access denied.");
}

/** The deployment named by the header, or one by its share of the traffic. */
function choose(world: World, endpoint: ResourceDocument, named: string): ResourceDocument {
  const { traffic } = endpointOf(endpoint).properties;
  const shares = Object.entries(traffic ?? {}).filter(([, share]) => share > 0);
  let draw = Math.random() * shares.reduce((sum, [, share]) => sum + share, 0);
  const byTraffic = shares.find(([, share]) => (draw -= share) < 0)?.[0];
  const name = named === "" ? byTraffic : named;
  const deployment = world.state.deployments.get(`${endpoint.id}:${name}`);
  if (name === undefined || deployment === undefined)
    throw new Refusal(
      404,
      "NoDeployment",
      "No valid deployments to route to. Please check that the endpoint has at least one deployment with positive weight values or use a deployment specific header to route.",
    );
  return deployment;
}

interface Forwarding {
  readonly chosen: ResourceDocument;
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: string;
  readonly body: Buffer;
  readonly inFlight: Map<string, number>;
}

async function forward(forwarding: Forwarding): Promise<void> {
  const { chosen, response, inFlight } = forwarding;
  const { requestSettings } = deploymentOf(chosen).properties;
  const limit = (requestSettings?.maxConcurrentRequestsPerInstance ?? 1) * capacityOf(chosen) * 2;
  const busy = inFlight.get(chosen.id) ?? 0;
  if (busy >= limit)
    throw new Refusal(429, "TooManyRequests", "Too many requests are in progress.");
  inFlight.set(chosen.id, busy + 1);
  try {
    const answer = await ask(forwarding, durationMs(requestSettings?.requestTimeout) ?? 5000);
    const status = answer.statusCode ?? 502;
    const failed = status >= 400;
    response.writeHead(failed ? 424 : status, {
      ...withoutHops(answer.headers),
      [header]: chosen.id.split(":")[1],
      ...(failed ? { "ms-azureml-model-error-statuscode": String(status) } : {}),
    });
    await new Promise<void>((resolve, reject) => {
      answer.once("error", reject).once("end", resolve);
      response.once("close", resolve);
      answer.pipe(response);
    });
  } finally {
    inFlight.set(chosen.id, (inFlight.get(chosen.id) ?? 1) - 1);
  }
}

const capacityOf = (deployment: ResourceDocument): number =>
  deploymentOf(deployment).sku?.capacity ?? 1;

/** The caller's token stays here: it is Azure's to check, not the model's to see. */
function ask(
  { chosen, message, response, target, body }: Forwarding,
  timeoutMs: number,
): Promise<IncomingMessage> {
  const { port } = servedOf(chosen);
  if (port === null) throw new Refusal(503, "ServiceUnavailable", "The deployment is not ready.");
  return new Promise((resolve, reject) => {
    const { authorization: _, host: __, ...headers } = withoutHops(message.headers);
    const options = {
      host: "127.0.0.1",
      port,
      method: message.method ?? "GET",
      path: target,
      headers,
    };
    const asked = request(
      { ...options, headers: { ...headers, "content-length": body.length } },
      resolve,
    );
    const timer = setTimeout(() => {
      reject(new Refusal(408, "RequestTimeout", "The model did not answer in time."));
      asked.destroy();
    }, timeoutMs);
    asked.once("response", () => clearTimeout(timer));
    asked.once("error", () => {
      clearTimeout(timer);
      reject(new Refusal(502, "BadGateway", "The model server cannot be reached."));
    });
    response.once("close", () => asked.destroy());
    asked.end(body);
  });
}

/** A share of the calls is repeated to one deployment, whose answer nobody sees. */
function mirror(
  world: World,
  endpoint: ResourceDocument,
  chosen: ResourceDocument,
  message: IncomingMessage,
  target: string,
  body: Buffer,
): void {
  const [name, share] =
    Object.entries(endpointOf(endpoint).properties.mirrorTraffic ?? {})[0] ?? [];
  const deployment = world.state.deployments.get(`${endpoint.id}:${name}`);
  if (deployment === undefined || deployment.id === chosen.id) return;
  const { port } = servedOf(deployment);
  if (port === null || share === undefined || Math.random() * 100 >= share) return;
  const { authorization: _, host: __, ...headers } = withoutHops(message.headers);
  const method = message.method ?? "GET";
  const copy = { host: "127.0.0.1", port, path: target, method };
  request({ ...copy, headers: { ...headers, "content-length": body.length } }, (answer) =>
    answer.resume(),
  )
    .once("error", () => {})
    .end(body);
}

const hops = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "upgrade",
]);

function withoutHops(headers: IncomingMessage["headers"]): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !hops.has(name)) kept[name] = value;
  return kept;
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
