import { notFound, ok, userError, type Answer } from "../answer.ts";
import { Endpoint, endpointOf, readBody, deploymentOf } from "../endpoint/bodies.ts";
import type { Keeper } from "../endpoint/keeper.ts";
import { keysOf, tokenOf } from "../endpoint/keys.ts";
import { routesOf } from "../endpoint/ready.ts";
import type { FakeRequest, Routes } from "../router.ts";
import type { ResourceDocument, Wire } from "../state.ts";
import type { World } from "../world.ts";
import { carryOut, deploymentsOf, pending, refuseWhileMoving } from "./endpoint-work.ts";
import { asyncHeaders, beginOperation } from "./operation.ts";
import { resource } from "./resource.ts";

export const endpointRoutes = (world: World, keeper: Keeper): Routes => ({
  "GET /onlineEndpoints": () =>
    ok({ value: world.state.endpoints.all().map((one) => endpointResource(world, one)) }),
  "GET /onlineEndpoints/:name": (request) =>
    ok(endpointResource(world, findEndpoint(world, request))),
  "PUT /onlineEndpoints/:name": (request) => put(world, request),
  "DELETE /onlineEndpoints/:name": (request) => remove(world, keeper, request),
  "POST /onlineEndpoints/:name/listKeys": (request) => {
    const endpoint = findEndpoint(world, request);
    if (endpointOf(endpoint).properties.authMode !== "Key")
      throw userError("Keys exist only where authMode is Key.");
    return ok(keysOf(world, endpoint.id));
  },
  "POST /onlineEndpoints/:name/token": (request) => {
    const endpoint = findEndpoint(world, request);
    if (endpointOf(endpoint).properties.authMode !== "AMLToken")
      throw userError("Tokens are given only where authMode is AMLToken.");
    return ok(tokenOf(world, endpoint.id));
  },
});

export function findEndpoint({ state }: World, { params }: FakeRequest): ResourceDocument {
  const endpoint = state.endpoints.get(params["name"] ?? "");
  if (endpoint === undefined) throw notFound(`online endpoint ${params["name"]}`);
  return endpoint;
}

function put(world: World, { params, body }: FakeRequest): Answer {
  const name = params["name"] ?? "";
  if (!/^[A-Za-z][A-Za-z0-9-]{1,30}[A-Za-z0-9]$/.test(name))
    throw userError(
      "An endpoint name has 3 to 32 letters, digits and dashes and begins with a letter.",
    );
  const wanted = readBody(Endpoint, body, "endpoint");
  const before = world.state.endpoints.get(name);
  checkTraffic(world, name, wanted);
  if (before) refuseWhileMoving(world, name);
  const { authMode } = wanted.properties;
  if (before && endpointOf(before).properties.authMode !== authMode)
    throw userError("The authMode of an endpoint cannot be changed.");
  const state = before ? "Updating" : "Creating";
  const document = pending(before, name, body as Wire, state, {});
  world.state.endpoints.put(document);
  const operation = beginOperation(world, name);
  void carryOut(world, world.state.endpoints, name, operation.id, async () => {});
  const headers = asyncHeaders(world, "mfe", operation, { location: false });
  return { status: before ? 200 : 201, headers, body: endpointResource(world, document) };
}

/** A map left out is no traffic: the service puts what it is sent, and keeps nothing of before. */
function checkTraffic(world: World, name: string, { properties }: Endpoint): void {
  const traffic = Object.entries(properties.traffic ?? {});
  const total = traffic.reduce((sum, [, share]) => sum + share, 0);
  if (total !== 0 && total !== 100)
    throw userError(`Sum of traffic is ${total}: it has to be 0 or 100.`);
  const mirrored = Object.entries(properties.mirrorTraffic ?? {}).filter(([, share]) => share > 0);
  for (const [deployment] of [...traffic, ...mirrored])
    if (world.state.deployments.get(`${name}:${deployment}`) === undefined)
      throw userError(`The traffic names a deployment ${deployment} that does not exist.`);
  if (mirrored.length > 1) throw userError("Only one deployment can have mirrored traffic.");
  const [target, share = 0] = mirrored[0] ?? [];
  if (share > 50) throw userError("At most 50 % of the traffic can be mirrored.");
  if (traffic.some(([deployment, live]) => deployment === target && live > 0))
    throw userError(
      `The deployment ${target} has live traffic and cannot have mirrored traffic too.`,
    );
}

function remove(world: World, keeper: Keeper, { params }: FakeRequest): Answer {
  const name = params["name"] ?? "";
  const before = world.state.endpoints.get(name);
  if (before === undefined) return { status: 204 };
  refuseWhileMoving(world, name);
  world.state.endpoints.put({ ...before, provisioningState: "Deleting" });
  const operation = beginOperation(world, name);
  void carryOut(world, world.state.endpoints, name, operation.id, async () => {
    for (const deployment of deploymentsOf(world, name)) {
      await keeper.end(deployment);
      world.state.deployments.delete(deployment.id);
    }
  });
  return { status: 202, headers: asyncHeaders(world, "mfe", operation, { location: true }) };
}

export function endpointResource(world: World, document: ResourceDocument): object {
  const { location, properties, ...rest } = endpointOf(document);
  const base = `${world.origin}/endpoints/${document.id}`;
  const [first] = deploymentsOf(world, document.id);
  const route = first && routesOf(world, deploymentOf(first).properties.environmentId).scoringRoute;
  return resource(world, `/onlineEndpoints/${document.id}`, document, {
    location,
    kind: "Managed",
    tags: {},
    ...rest,
    properties: {
      publicNetworkAccess: "Enabled",
      ...properties,
      traffic: properties.traffic ?? {},
      mirrorTraffic: properties.mirrorTraffic ?? {},
      properties: {},
      scoringUri: `${base}${route?.path ?? "/score"}`,
      swaggerUri: `${base}/swagger.json`,
      provisioningState: document.provisioningState,
    },
  });
}
