import {
  createHttpHeaders,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { expect, test } from "vitest";
import { z } from "zod";
import { readCloud } from "./cloud.ts";
import type { AzureConnection } from "./connection.ts";
import { faultOf } from "./fault/index.ts";
import { makeThrottle } from "./throttle.ts";
import { workspaceClient } from "./workspace-client.ts";

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const name = { subscriptionId: "s", resourceGroup: "g", workspace: "w", region: "westeurope" };
const arm = "https://management.azure.com";
const job = `${arm}/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w`;

/** Answers in turn, the last one for ever; remembers what was asked, and how long was waited. */
function world(...answers: Answer[]) {
  const asked: { method: string; url: string; token: string | undefined; body: unknown }[] = [];
  const waits: number[] = [];
  let clock = 0;
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
    clock += ms;
  };
  const connection: AzureConnection = {
    cloud: readCloud({}),
    credential: {
      getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }),
    },
    throttle: makeThrottle({ now: () => clock, wait }),
    httpClient: {
      async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
        const { method, url } = request;
        const body = typeof request.body === "string" ? JSON.parse(request.body) : undefined;
        asked.push({ method, url, token: request.headers.get("authorization"), body });
        const {
          status = 200,
          headers = {},
          body: said,
        } = answers[asked.length - 1] ?? answers.at(-1) ?? {};
        const bodyAsText = typeof said === "string" ? said : JSON.stringify(said ?? {});
        const type = { "content-type": "application/json", ...headers };
        return { request, status, headers: createHttpHeaders(type), bodyAsText };
      },
    },
  };
  return { connection, asked, waits, client: workspaceClient(connection, name) };
}

const anything = z.unknown();
const get = { method: "GET", path: "/jobs/a", schema: anything } as const;
const put = { method: "PUT", path: "/jobs/a", body: { x: 1 }, schema: anything } as const;

test("a token goes to Azure with the api-version we speak", async () => {
  const { client, asked } = world({});
  await client.send(get);
  await client.ml.jobs.get("g", "w", "a");
  expect(asked.map(({ url }) => url)).toEqual([
    `${job}/jobs/a?api-version=2024-04-01`,
    `${job}/jobs/a?api-version=2024-04-01`,
  ]);
  expect(asked[0]?.token).toBe("Bearer t");
});

test("the same connection and name have one client", () => {
  const { client, connection } = world({});
  expect(workspaceClient(connection, { ...name })).toBe(client);
  expect(workspaceClient(connection, { ...name, workspace: "other" })).not.toBe(client);
});

test("a request body keeps uri, mode and fields the client does not know", async () => {
  const { client, asked } = world({});
  const body = {
    properties: {
      jobType: "Command" as const,
      command: "python main.py",
      environmentId: "e",
      inputs: { train: { jobInputType: "uri_folder", uri: "azureml://x", mode: "ReadOnlyMount" } },
      queueSettings: { jobTier: "Spot" },
    },
  };
  // Only its wire shape counts; the client's own type knows neither.
  await client.ml.jobs.createOrUpdate("g", "w", "a", body as never);
  expect(asked[0]?.body).toEqual(body);
});

test.each([
  ["a redirect", { status: 307, headers: { location: "https://evil.example/x" } }],
  ["the next page", { body: { value: [], nextLink: "https://evil.example/x" } }],
  [
    "the next page by another port",
    { body: { value: [], nextLink: "https://management.azure.com:8443/x" } },
  ],
  [
    "the next page in the clear",
    { body: { value: [], nextLink: "http://management.azure.com/x" } },
  ],
])("no token leaves for a foreign host named by %s", async (_name, answer) => {
  const { client, asked } = world(answer);
  const pages = client.ml.jobs.list("g", "w");
  const error: unknown = await pages.next().catch((thrown: unknown) => thrown);
  expect(faultOf(error).kind).toBe("garbled");
  expect(asked.map(({ url }) => new URL(url).origin)).toEqual([arm]);
});

test.each([
  ["Location", { location: "https://evil.example/x" }],
  ["Azure-AsyncOperation", { "azure-asyncoperation": "https://evil.example/x" }],
])("no token leaves for a foreign host named by %s", async (_name, headers) => {
  const { client, asked } = world({ status: 202, headers });
  const error: unknown = await client.ml.onlineEndpoints
    .beginDeleteAndWait("g", "w", "e", { updateIntervalInMs: 1 })
    .catch((thrown: unknown) => thrown);
  expect(faultOf(error).kind).toBe("garbled");
  expect(asked.every(({ url }) => new URL(url).origin === arm)).toBe(true);
});

test("429 is waited out as long as told, by every caller of the region", async () => {
  const { client, asked, waits } = world({ status: 429, headers: { "retry-after": "7" } }, {});
  await client.send(get);
  expect(asked).toHaveLength(2);
  expect(waits).toEqual([7000]);
});

test("429 without Retry-After is waited out by our own back-off, also for a write", async () => {
  const { client, asked, waits } = world({ status: 429 }, { status: 429 }, {});
  await client.send(put);
  expect(asked).toHaveLength(3);
  expect(waits[0]).toBeGreaterThanOrEqual(500);
  expect(waits[1]).toBeGreaterThanOrEqual(1000);
});

test("a read is repeated after a server error; a write is not, and is doubtful", async () => {
  const reads = world({ status: 500 }, {});
  await reads.client.send(get);
  expect(reads.asked).toHaveLength(2);
  const writes = world({ status: 500 }, {});
  const error: unknown = await writes.client.send(put).catch((thrown: unknown) => thrown);
  expect(faultOf(error)).toMatchObject({ kind: "unreachable", doubtful: true });
  expect(writes.asked).toHaveLength(1);
});

test.each([
  ["a web page", { headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" }],
  ["broken JSON", { body: '{"name":' }],
  ["an unknown shape", { body: { name: 7 } }],
])("%s for an answer is garbled, and its text is not shown", async (_name, answer) => {
  const { client } = world(answer);
  const schema = z.object({ name: z.string() });
  const error: unknown = await client.send({ ...put, schema }).catch((thrown: unknown) => thrown);
  const fault = faultOf(error);
  expect(fault).toMatchObject({ kind: "garbled", doubtful: true });
  expect(fault.message).not.toMatch(/Sign in|"name"/);
});

test("run history is read from its own host, and only there", async () => {
  const { client, asked } = world({ body: { status: "Running" } });
  await client.history("/runs/a/details", z.object({ status: z.string() }));
  expect(asked[0]?.url).toBe(
    "https://westeurope.api.azureml.ms/history/v1.0/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/runs/a/details",
  );
});
