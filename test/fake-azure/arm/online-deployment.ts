import { readFile } from "node:fs/promises";
import { z } from "zod";
import { notFound, ok, Refusal, userError, type Answer } from "../answer.ts";
import { Deployment, deploymentOf, endpointOf, readBody, servedOf } from "../endpoint/bodies.ts";
import type { Keeper } from "../endpoint/keeper.ts";
import { serverLog } from "../endpoint/launch.ts";
import type { FakeRequest, Routes } from "../router.ts";
import type { ResourceDocument, Wire } from "../state.ts";
import type { World } from "../world.ts";
import { carryOut, deploymentsOf, pending, refuseWhileMoving } from "./endpoint-work.ts";
import { findEndpoint } from "./online-endpoint.ts";
import { asyncHeaders, beginOperation } from "./operation.ts";
import { idOf } from "./reference.ts";
import { resource } from "./resource.ts";
import { findSize } from "./vm-size.ts";

const base = "/onlineEndpoints/:name/deployments";
const mostDeployments = 20;

export const deploymentRoutes = (world: World, keeper: Keeper): Routes => ({
  [`GET ${base}`]: (request) => {
    const { id } = findEndpoint(world, request);
    return ok({ value: deploymentsOf(world, id).map((one) => deploymentResource(world, one)) });
  },
  [`GET ${base}/:deployment`]: (request) => ok(deploymentResource(world, find(world, request))),
  [`PUT ${base}/:deployment`]: (request) => put(world, keeper, request),
  [`PATCH ${base}/:deployment`]: (request) => patch(world, request),
  [`DELETE ${base}/:deployment`]: (request) => remove(world, keeper, request),
  [`POST ${base}/:deployment/getLogs`]: (request) => logs(world, request),
});

const idIn = ({ params }: FakeRequest): string => `${params["name"]}:${params["deployment"]}`;

function find(world: World, request: FakeRequest): ResourceDocument {
  findEndpoint(world, request);
  const deployment = world.state.deployments.get(idIn(request));
  if (deployment === undefined) throw notFound(`online deployment ${request.params["deployment"]}`);
  return deployment;
}

function put(world: World, keeper: Keeper, request: FakeRequest): Answer {
  const endpoint = findEndpoint(world, request);
  const name = request.params["deployment"] ?? "";
  if (!/^[A-Za-z][A-Za-z0-9-]{1,30}[A-Za-z0-9]$/.test(name))
    throw userError(
      "A deployment name has 3 to 32 letters, digits and dashes and begins with a letter.",
    );
  const wanted = readBody(Deployment, request.body, "deployment");
  checkParts(world, wanted);
  refuseWhileMoving(world, endpoint.id);
  const id = idIn(request);
  const before = world.state.deployments.get(id);
  if (!before && deploymentsOf(world, endpoint.id).length >= mostDeployments)
    throw userError(`An endpoint has at most ${mostDeployments} deployments.`);
  const inner = before ? before.inner : { revision: 0, port: null, process: null };
  const state = before ? "Updating" : "Creating";
  const document = pending(before, id, request.body as Wire, state, inner);
  world.state.deployments.put(document);
  const operation = beginOperation(world, id);
  void carryOut(world, world.state.deployments, id, operation.id, () => keeper.deploy(id));
  const headers = asyncHeaders(world, "mfe", operation, { location: false });
  return { status: before ? 200 : 201, headers, body: deploymentResource(world, document) };
}

function checkParts({ state }: World, { properties }: Deployment): void {
  const { model, environmentId, codeConfiguration, instanceType } = properties;
  if (model && state.models.get(idOf(model)) === undefined)
    throw userError(`The model ${model} does not exist.`);
  if (environmentId && state.environments.get(idOf(environmentId)) === undefined)
    throw userError(`The environment ${environmentId} does not exist.`);
  const codeId = codeConfiguration?.codeId;
  if (codeId && state.codes.get(idOf(codeId)) === undefined)
    throw userError(`The code asset ${codeId} does not exist.`);
  if (!instanceType || findSize(instanceType) === null)
    throw new Refusal(
      400,
      "InvalidVMSize",
      `Instance type ${instanceType} is not supported for managed online endpoints in this region.`,
    );
}

const Patch = z.looseObject({
  sku: z.looseObject({ capacity: z.number().int().positive() }).nullish(),
  tags: z.record(z.string(), z.string()).nullish(),
});

/** Only the number of instances and the tags. */
function patch(world: World, request: FakeRequest): Answer {
  const before = find(world, request);
  const wanted = readBody(Patch, request.body, "change");
  refuseWhileMoving(world, request.params["name"] ?? "");
  const { sku, tags, ...rest } = deploymentOf(before);
  const body = {
    ...rest,
    ...(wanted.tags ? { tags: wanted.tags } : tags === undefined ? {} : { tags }),
    sku: { name: "Default", ...sku, ...wanted.sku },
  };
  world.state.deployments.put(pending(before, before.id, body, "Scaling", before.inner));
  const operation = beginOperation(world, before.id);
  void carryOut(world, world.state.deployments, before.id, operation.id, async () => {});
  return { status: 202, headers: asyncHeaders(world, "mfe", operation, { location: true }) };
}

function remove(world: World, keeper: Keeper, request: FakeRequest): Answer {
  const id = idIn(request);
  const name = request.params["deployment"] ?? "";
  const before = world.state.deployments.get(id);
  const endpoint = world.state.endpoints.get(request.params["name"] ?? "");
  if (before === undefined || endpoint === undefined) return { status: 204 };
  refuseWhileMoving(world, endpoint.id);
  const { traffic, mirrorTraffic } = endpointOf(endpoint).properties;
  if ((traffic?.[name] ?? 0) > 0 || (mirrorTraffic?.[name] ?? 0) > 0)
    throw userError(`The deployment ${name} has traffic: set its share to 0 before it is deleted.`);
  world.state.deployments.put({ ...before, provisioningState: "Deleting" });
  const operation = beginOperation(world, id);
  void carryOut(world, world.state.deployments, id, operation.id, () => keeper.end(before));
  return { status: 202, headers: asyncHeaders(world, "mfe", operation, { location: true }) };
}

const LogsRequest = z.looseObject({
  tail: z.number().int().nullish(),
  containerType: z.string().nullish(),
});

async function logs(world: World, request: FakeRequest): Promise<Answer> {
  const deployment = find(world, request);
  const { tail, containerType } = readBody(LogsRequest, request.body ?? {}, "request");
  if (containerType === "StorageInitializer")
    return ok({ content: "Model and code are in place.\n" });
  const file = serverLog(world, deployment.id, servedOf(deployment).revision);
  const text = await readFile(file, "utf8").catch(() => "");
  const lines = text.split("\n");
  return ok({ content: lines.slice(-((tail ?? 500) + 1)).join("\n") });
}

function deploymentResource(world: World, document: ResourceDocument): object {
  const [endpoint = "", name = ""] = document.id.split(":");
  const { location, properties, ...rest } = deploymentOf(document);
  return resource(world, `/onlineEndpoints/${endpoint}/deployments/${name}`, document, {
    location,
    kind: "Managed",
    tags: {},
    sku: { name: "Default", capacity: 1 },
    ...rest,
    properties: {
      scaleSettings: { scaleType: "Default" },
      ...properties,
      provisioningState: document.provisioningState,
    },
  });
}

/** What was under way when the service ended: done again, or brought to its end. */
export function resumeEndpoints(world: World, keeper: Keeper): void {
  const { deployments, endpoints } = world.state;
  for (const { id, provisioningState: state } of deployments.all()) {
    if (state === "Creating" || state === "Updating")
      void carryOut(world, deployments, id, openOperation(world, id), () => keeper.deploy(id));
    if (state === "Scaling" || state === "Deleting")
      void carryOut(world, deployments, id, openOperation(world, id), async () => {
        const document = deployments.get(id);
        if (state === "Deleting" && document) await keeper.end(document);
      });
  }
  for (const { id, provisioningState: state } of endpoints.all())
    if (state !== "Succeeded" && state !== "Failed")
      void carryOut(world, endpoints, id, openOperation(world, id), async () => {
        if (state !== "Deleting") return;
        for (const deployment of deploymentsOf(world, id)) {
          await keeper.end(deployment);
          deployments.delete(deployment.id);
        }
      });
}

const openOperation = ({ state }: World, resourceId: string): string | null =>
  state.operations.all().find((one) => one.resource === resourceId && one.status === "InProgress")
    ?.id ?? null;
