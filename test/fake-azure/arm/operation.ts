import { randomUUID } from "node:crypto";
import { notFound, ok, type Answer } from "../answer.ts";
import { locationPath } from "../names.ts";
import type { Routes } from "../router.ts";
import type { OperationDocument } from "../state.ts";
import type { World } from "../world.ts";

/** Which part of the service does it: their operation addresses differ. */
export type Service = "compute" | "mfe";

interface OperationError {
  readonly code: string;
  readonly message: string;
}

/** `/computeOperationsStatus/…` says how far it is; `…OperationResults/…` answers 202 until it is over. */
export const operationRoutes = (world: World): Routes => {
  const status: Routes[string] = ({ params }) => ok(statusOf(find(world, params["id"])));
  const result: Routes[string] = ({ params, url }) =>
    resultOf(world, find(world, params["id"]), url);
  return {
    "GET /computeOperationsStatus/:id": status,
    "GET /mfeOperationsStatus/:id": status,
    "GET /computeOperationResults/:id": result,
    "GET /mfeOperationResults/:id": result,
  };
};

function find(world: World, id: string | undefined): OperationDocument {
  const operation = world.state.operations.get(id ?? "");
  if (operation === undefined) throw notFound(`operation ${id}`);
  return operation;
}

const statusOf = ({ id, status, startedAt, endedAt, error }: OperationDocument): object => ({
  id,
  name: id,
  status,
  startTime: startedAt,
  ...(endedAt === null ? {} : { endTime: endedAt }),
  percentComplete: status === "InProgress" ? 50 : 100,
  ...(error === null ? {} : { error: { ...error, details: [] } }),
});

function resultOf(world: World, operation: OperationDocument, url: URL): Answer {
  if (operation.status === "InProgress")
    return {
      status: 202,
      headers: { location: url.href, "retry-after": String(world.options.retryAfterSeconds) },
    };
  const { error } = operation;
  return error === null
    ? { status: 204 }
    : { status: 400, body: { error: { ...error, details: [] } } };
}

export function beginOperation(world: World, resource: string): OperationDocument {
  const operation: OperationDocument = {
    id: randomUUID(),
    resource,
    status: "InProgress",
    startedAt: new Date().toISOString(),
    endedAt: null,
    error: null,
  };
  world.state.operations.put(operation);
  return operation;
}

export function endOperation(world: World, id: string, error: OperationError | null): void {
  const operation = find(world, id);
  const status = error === null ? "Succeeded" : "Failed";
  world.state.operations.put({ ...operation, status, error, endedAt: new Date().toISOString() });
}

/** Where an accepted request can be followed; `location` only where the API description has it. */
export function asyncHeaders(
  world: World,
  service: Service,
  { id }: OperationDocument,
  { location }: { readonly location: boolean },
): Record<string, string> {
  const base = `${world.origin}${locationPath(world.names)}/${service}Operation`;
  const version = "api-version=2024-04-01";
  return {
    "azure-asyncoperation": `${base}sStatus/${id}?${version}`,
    ...(location ? { location: `${base}Results/${id}?${version}` } : {}),
    "retry-after": String(world.options.retryAfterSeconds),
    "x-ms-async-operation-timeout": "PT1H",
  };
}
