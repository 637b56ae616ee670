import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { ok, Refusal, userError, type Answer } from "../answer.ts";
import type { FakeRequest, Routes } from "../router.ts";
import type { ResourceDocument, Wire } from "../state.ts";
import type { World } from "../world.ts";
import { AmlCompute, busyNodes, clusterOf } from "./compute-nodes.ts";
import { computeResource, nodesOf } from "./compute-resource.ts";
import { asyncHeaders, beginOperation, endOperation } from "./operation.ts";
import { findSize } from "./vm-size.ts";

export const computeRoutes = (world: World): Routes => ({
  "GET /computes": ({ url }) => ok(list(world, url)),
  "GET /computes/:name": (request) => ok(computeResource(world, find(world, request))),
  "PUT /computes/:name": (request) => put(world, request),
  "PATCH /computes/:name": (request) => patch(world, request),
  "DELETE /computes/:name": (request) => remove(world, request),
  "POST /computes/:name/listNodes": (request) =>
    ok({ nodes: nodesOf(world, find(world, request)) }),
});

function list(world: World, url: URL): object {
  const { pageSize } = world.options;
  const skip = Number(url.searchParams.get("$skip") ?? 0);
  const all = world.state.computes.all();
  const value = all.slice(skip, skip + pageSize).map((one) => computeResource(world, one));
  if (all.length <= skip + pageSize) return { value };
  const next = new URL(url);
  next.searchParams.set("$skip", String(skip + pageSize));
  return { value, nextLink: next.href };
}

function find(world: World, { params }: FakeRequest): ResourceDocument {
  const compute = world.state.computes.get(params["name"] ?? "");
  if (compute !== undefined) return compute;
  throw new Refusal(
    404,
    "ResourceNotFound",
    `The Resource 'Microsoft.MachineLearningServices/workspaces/computes/${params["name"]}' was not found.`,
  );
}

function put(world: World, { params, body }: FakeRequest): Answer {
  const name = params["name"] ?? "";
  if (!/^[A-Za-z](?:[A-Za-z0-9-]{0,14}[A-Za-z0-9])$/.test(name))
    throw userError(
      "A compute name has 2 to 16 letters, digits and dashes and begins with a letter.",
    );
  const parsed = AmlCompute.safeParse(body);
  if (!parsed.success)
    throw userError(`The compute is not valid: ${parsed.error.issues[0]?.message}.`);
  const { vmSize, scaleSettings } = parsed.data.properties.properties;
  if (findSize(vmSize) === null)
    throw new Refusal(
      400,
      "InvalidVMSize",
      `The specified VM size ${vmSize} is not valid or not supported in ${world.names.region}.`,
    );
  checkScale(scaleSettings);
  const before = world.state.computes.get(name);
  if (before) refuseBusy(before);
  if (before && clusterOf(before).properties.properties.vmSize !== vmSize)
    throw userError("The VM size of a compute cannot be changed: delete it and create another.");
  const now = new Date().toISOString();
  const compute: ResourceDocument = {
    id: name,
    body: body as Wire,
    provisioningState: before ? "Updating" : "Creating",
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    inner: {},
  };
  world.state.computes.put(compute);
  const operation = beginOperation(world, name);
  void settle(world, name, operation.id);
  if (before) return ok(computeResource(world, compute));
  const headers = asyncHeaders(world, "compute", operation, { location: false });
  return { status: 201, headers, body: computeResource(world, compute) };
}

function checkScale({
  minNodeCount = 0,
  maxNodeCount,
}: z.infer<typeof Patch>["properties"]["properties"]["scaleSettings"]): void {
  if (minNodeCount > maxNodeCount)
    throw userError("minNodeCount cannot be more than maxNodeCount.");
}

const Scale = AmlCompute.shape.properties.shape.properties.shape.scaleSettings;
const Patch = z.looseObject({
  properties: z.looseObject({ properties: z.looseObject({ scaleSettings: Scale }) }),
});

function patch(world: World, request: FakeRequest): Answer {
  const before = find(world, request);
  const parsed = Patch.safeParse(request.body);
  if (!parsed.success) throw userError("Only scaleSettings can be changed.");
  const { scaleSettings } = parsed.data.properties.properties;
  checkScale(scaleSettings);
  refuseBusy(before);
  const { properties, ...rest } = clusterOf(before);
  const compute: ResourceDocument = {
    ...before,
    body: {
      ...rest,
      properties: { ...properties, properties: { ...properties.properties, scaleSettings } },
    },
    provisioningState: "Updating",
    modifiedAt: new Date().toISOString(),
  };
  world.state.computes.put(compute);
  void settle(world, compute.id, beginOperation(world, compute.id).id);
  return ok(computeResource(world, compute));
}

function remove(world: World, request: FakeRequest): Answer {
  const compute = world.state.computes.get(request.params["name"] ?? "");
  if (compute === undefined) return { status: 204 };
  if (!request.url.searchParams.has("underlyingResourceAction"))
    throw userError("The underlyingResourceAction query parameter is required.");
  refuseBusy(compute);
  if (busyNodes(world, compute.id).length > 0)
    throw new Refusal(409, "Conflict", `Jobs are running on the compute ${compute.id}.`);
  world.state.computes.put({ ...compute, provisioningState: "Deleting" });
  const operation = beginOperation(world, compute.id);
  void settle(world, compute.id, operation.id);
  return { status: 202, headers: asyncHeaders(world, "compute", operation, { location: true }) };
}

function refuseBusy({ id, provisioningState }: ResourceDocument): void {
  if (["Creating", "Updating", "Deleting"].includes(provisioningState))
    throw new Refusal(
      409,
      "Conflict",
      `The compute ${id} is ${provisioningState}: another operation is in progress.`,
    );
}

/** After its time what is being made is there, and what is being deleted is gone. */
async function settle(world: World, name: string, operation: string): Promise<void> {
  await pause(world.options.operationMs);
  if (world.ended.aborted) return;
  settleNow(world, name);
  endOperation(world, operation, null);
}

function settleNow({ state }: World, name: string): void {
  const compute = state.computes.get(name);
  if (compute === undefined) return;
  if (compute.provisioningState === "Deleting") state.computes.delete(name);
  else state.computes.put({ ...compute, provisioningState: "Succeeded" });
}

/** What was under way when the service ended. */
export function settleComputes(world: World): void {
  for (const { id } of world.state.computes.all()) settleNow(world, id);
}
