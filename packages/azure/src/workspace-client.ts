import { ServiceClient } from "@azure/core-client";
import { createDefaultHttpClient, type Pipeline } from "@azure/core-rest-pipeline";
import { apiVersion, MachineLearningClient } from "./client.ts";
import type { AzureConnection } from "./connection.ts";
import { exchange, type Sender } from "./exchange.ts";
import { jsonOnlyPolicy } from "./transport/json-only.ts";
import { pinnedClient } from "./transport/pin.ts";
import { politePolicy } from "./transport/polite.ts";
import { tlsOf } from "./transport/tls.ts";
import type { ArmRequest, WorkspaceClient, WorkspaceName } from "./workspace.ts";

const cached = new WeakMap<AzureConnection, Map<string, WorkspaceClient>>();

/** The client of one workspace; the same one for the same connection and name. Sends nothing yet. */
export function workspaceClient(connection: AzureConnection, name: WorkspaceName): WorkspaceClient {
  const known = cached.get(connection) ?? new Map<string, WorkspaceClient>();
  cached.set(connection, known);
  const key = JSON.stringify([
    name.subscriptionId,
    name.resourceGroup,
    name.workspace,
    name.region,
  ]);
  const client = known.get(key) ?? makeClient(connection, name);
  known.set(key, client);
  return client;
}

function makeClient(connection: AzureConnection, name: WorkspaceName): WorkspaceClient {
  const arm = connection.cloud.resourceManager;
  const resourceId = resourceIdOf(name);
  const ml = new MachineLearningClient(connection.credential, name.subscriptionId, {
    endpoint: arm,
    $host: arm,
    apiVersion,
    credentialScopes: `${arm}/.default`,
    httpClient: clientFor(connection, arm),
  });
  const counted = `${name.subscriptionId}/${name.region}`;
  equip(ml.pipeline, connection, counted);
  const sender: Sender = { client: ml, origin: arm };
  const send = <T>(request: ArmRequest<T>) =>
    exchange(sender, {
      ...request,
      path: request.path.startsWith("/subscriptions/") ? request.path : resourceId + request.path,
      query: { "api-version": apiVersion, ...request.query },
    });
  const past = historySender(connection, name);
  return {
    name,
    resourceId,
    ml,
    exchange: send,
    send: async (request) => (await send(request)).body,
    async history(path, schema) {
      const whole = `/history/v1.0${resourceId}${path}`;
      return (await exchange(past, { method: "GET", path: whole, schema })).body;
    },
  };
}

function historySender(connection: AzureConnection, name: WorkspaceName): Sender {
  const origin = connection.cloud.runHistory(name.region);
  const client = new ServiceClient({
    endpoint: origin,
    credential: connection.credential,
    credentialScopes: `${connection.cloud.resourceManager}/.default`,
    httpClient: clientFor(connection, origin),
  });
  equip(client.pipeline, connection, `history/${name.subscriptionId}/${name.region}`);
  return { client, origin };
}

const clientFor = (connection: AzureConnection, origin: string) =>
  pinnedClient(connection.httpClient ?? createDefaultHttpClient(), origin, tlsOf(connection.cloud));

/** Ours takes the place of the SDK's own retry, at its phase. */
function equip(pipeline: Pipeline, { throttle, requestTimeoutMs }: AzureConnection, key: string) {
  pipeline.removePolicy({ phase: "Retry" });
  const timeoutMs = requestTimeoutMs ?? 60_000;
  pipeline.addPolicy(politePolicy({ throttle, key, timeoutMs }), { phase: "Retry" });
  pipeline.addPolicy(jsonOnlyPolicy, { afterPhase: "Sign" });
}

const resourceIdOf = (name: WorkspaceName): string =>
  `/subscriptions/${encodeURIComponent(name.subscriptionId)}/resourceGroups/${encodeURIComponent(name.resourceGroup)}` +
  `/providers/Microsoft.MachineLearningServices/workspaces/${encodeURIComponent(name.workspace)}`;
