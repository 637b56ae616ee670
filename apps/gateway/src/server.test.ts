import { deployment, promotion, servedRequest } from "@preceptor/db";
import { connect } from "node:net";
import { createSigner, generateKeyPair } from "@preceptor/attest";
import { expect, it, vi } from "vitest";
import { anUpstream, aWireTo } from "./testing/upstream.ts";
import { aDecision, aGateway, anApiKey, aServedModel, aWorld } from "./testing/world.ts";

const chatOf = (content: string, more: object = {}) => ({
  model: "discharge-summary",
  messages: [{ role: "user", content }],
  ...more,
});

const scope = "https://models.example/.default";

const ask = (address: string, key: string, body: unknown, signal?: AbortSignal) =>
  fetch(`${address}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });

/** One approved model behind a gateway, and a key to it. */
async function aDoor() {
  const world = await aWorld();
  const upstream = await anUpstream();
  const served = await aServedModel(world, upstream.endpoint);
  const key = await anApiKey(world);
  return { world, upstream, served, key };
}

it("answers from the approved model, says which it is, and writes usage without text", async () => {
  const { world, upstream, served, key } = await aDoor();
  const { address, logged } = await aGateway(world);
  const response = await ask(address, key, chatOf("Mrs Smith was discharged"));
  expect(response.status).toBe(200);
  expect(response.headers.get("x-preceptor-digest")).toBe(served.model.digest);
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: "Hallo" } }] });
  expect(upstream.seen).toMatchObject([
    {
      authorization: `Bearer token-of-${served.deploymentId}`,
      body: { model: "discharge-summary" },
    },
  ]);

  const models = await fetch(`${address}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(await models.json()).toMatchObject({
    object: "list",
    data: [{ id: "discharge-summary", preceptor: { digest: served.model.digest } }],
  });

  const rows = await vi.waitUntil(async () => {
    const found = await world.ownerDb.select().from(servedRequest);
    return found.length > 0 && found;
  }, 10_000);
  expect(rows).toMatchObject([
    { deploymentId: served.deploymentId, promptTokens: 7, completionTokens: 3, status: 200 },
  ]);
  expect(logged.join("")).not.toMatch(new RegExp(`Smith|Hallo|${key}|token-of-`));
});

it.each([
  ["hides the usage event from a client that did not ask for it", {}, false],
  ["passes the usage event to a client that asked", { include_usage: true }, true],
])("streams, and %s", async (_, stream_options, shown) => {
  const { world, upstream, key } = await aDoor();
  const { address } = await aGateway(world);
  const response = await ask(address, key, chatOf("hello", { stream: true, stream_options }));
  expect(response.headers.get("content-type")).toMatch("text/event-stream");
  const text = await response.text();
  expect(text).toMatch(/"Hal".*\n\n.*"lo ü".*\n\n[^]*data: \[DONE\]\n\n$/);
  expect(text.includes("usage")).toBe(shown);
  expect(upstream.seen).toMatchObject([{ body: { stream_options: { include_usage: true } } }]);
});

it("gives the first event before the last is made, and ends the model's work when the client leaves", async () => {
  const { world, upstream, key } = await aDoor();
  const { address } = await aGateway(world);
  const abort = new AbortController();
  const response = await ask(address, key, chatOf("endless", { stream: true }), abort.signal);
  const first = await response.body!.getReader().read();
  expect(new TextDecoder().decode(first.value)).toContain("Hal");
  abort.abort();
  await vi.waitUntil(() => upstream.abandoned() === 1, 5000);

  const waiting = new AbortController();
  const never = ask(address, key, chatOf("silence"), waiting.signal);
  await vi.waitUntil(() => upstream.seen.length === 2, 5000);
  waiting.abort();
  await expect(never).rejects.toThrow("aborted");
  await vi.waitUntil(() => upstream.abandoned() === 2, 5000);
});

it("cuts the client's stream when the model breaks off, so that half an answer never looks whole", async () => {
  const { world, key } = await aDoor();
  const { address } = await aGateway(world);
  const response = await ask(address, key, chatOf("break", { stream: true }));
  await expect(response.text()).rejects.toThrow("terminated");
});

it("refuses each bad key with 401 in the OpenAI shape", async () => {
  const { world, key } = await aDoor();
  const { address } = await aGateway(world);
  const bad = [
    "not-a-key-at-all",
    await anApiKey(world, { enabled: false }),
    await anApiKey(world, { expiresAt: new Date(Date.now() - 1000) }),
    await anApiKey(world, { referenceId: "usr_a_person" }),
  ];
  for (const each of bad) {
    const response = await ask(address, each, chatOf("hello"));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "invalid_api_key" } });
  }
  expect((await fetch(`${address}/v1/models`)).status).toBe(401);
  expect((await ask(address, key, chatOf("hello"))).status).toBe(200);
});

it("shows another organization nothing of this one's models", async () => {
  const { world, key } = await aDoor();
  const { address } = await aGateway(world);
  const other = await world.ownerSql<{ id: string }[]>`
    insert into organization (id, name, slug) values ('org_other', 'Other', 'other') returning id`;
  const theirs = await anApiKey(world, { referenceId: other[0]!.id });
  expect((await ask(address, theirs, chatOf("hello"))).status).toBe(404);
  expect((await ask(address, key, chatOf("hello"))).status).toBe(200);
});

it.each([
  [413, chatOf("x".repeat(1_100_000)), "request_too_large"],
  [400, { model: "discharge-summary" }, "invalid_body"],
  [404, { ...chatOf("hello"), model: "meridian-notes" }, "model_not_found"],
  [400, chatOf("status 400"), "from-model"],
  [429, chatOf("status 429"), "from-model"],
  [502, chatOf("status 500"), "bad_model_answer"],
  [502, chatOf("status 401"), "bad_model_answer"],
])("answers %i in the OpenAI error shape, case %#", async (status, body, code) => {
  const { world, key } = await aDoor();
  const { address } = await aGateway(world);
  const response = await ask(address, key, body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String) } });
});

it("tells a client that sends 50 MB, and does not listen meanwhile, that it is too much", async () => {
  const { world, upstream, key } = await aDoor();
  const { address } = await aGateway(world);
  const socket = connect(Number(new URL(address).port), "127.0.0.1").setEncoding("utf8");
  let said = "";
  socket.on("data", (text: string) => (said += text)).on("error", () => {});
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: 50000000\r\n\r\n`,
  );
  const chunk = Buffer.alloc(1_000_000, 32);
  for (let part = 0; part < 49; part += 1) socket.write(chunk);
  await vi.waitUntil(() => said.includes("request_too_large") || socket.destroyed, 10_000);
  socket.destroy();
  expect(said).toMatch(/^HTTP\/1.1 413 [^]*larger than 1 MB/);
  expect(upstream.seen).toEqual([]);
});

it("says what to do when the model's server is gone", async () => {
  const { world, upstream, key } = await aDoor();
  const { address } = await aGateway(world);
  await upstream.close();
  const response = await ask(address, key, chatOf("hello"));
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("5");
  expect(await response.json()).toMatchObject({ error: { code: "model_unavailable" } });
});

it("limits each key by itself", async () => {
  const { world, key } = await aDoor();
  const { address } = await aGateway(world, { requestsPerMinute: 2 });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await ask(address, key, chatOf("hello"))).status);
  expect(statuses).toEqual([200, 200, 429]);
  expect((await ask(address, await anApiKey(world), chatOf("hello"))).status).toBe(200);
});

it("opens a route as soon as it is told, and closes it when it is withdrawn", async () => {
  const world = await aWorld();
  const upstream = await anUpstream();
  const key = await anApiKey(world);
  const { address } = await aGateway(world, {
    listen: (onChanged) => world.sql.listen("routes", onChanged),
  });
  expect((await ask(address, key, chatOf("hello"))).status).toBe(404);
  await aServedModel(world, upstream.endpoint);
  await world.sql.notify("routes", "");
  const statusIs = (status: number) =>
    vi.waitUntil(async () => (await ask(address, key, chatOf("hello"))).status === status, 10_000);
  await statusIs(200);
  await world.ownerDb.update(deployment).set({ routed: false });
  await statusIs(404);
});

it.each([
  ["another model's digest", `update model_version set digest = 'sha256:${"0".repeat(64)}'`],
  ["an endpoint elsewhere", `update deployment set endpoint = 'https://example.org/v1'`],
  ["another purpose", `update deployment set purpose = 'triage'`],
  [
    "a token for somebody else",
    `update deployment set endpoint_access = '{"bearer":{"from":"identity","scope":"https://else.example/.default"},"headers":{}}', endpoint = 'https://127.0.0.1/v1'`,
  ],
  [
    "a token in the clear",
    `update deployment set endpoint_access = '{"bearer":{"from":"identity","scope":"${scope}"},"headers":{}}'`,
  ],
  [
    "a header the gateway itself sends",
    `update deployment set endpoint_access = '{"bearer":{"from":"installation"},"headers":{"Authorization":"x"}}'`,
  ],
  ["an access of no known shape", `update deployment set endpoint_access = '{"scope":null}'`],
  [
    "this machine's bearer for another machine",
    `update deployment set endpoint = 'https://models.example/v1'`,
  ],
  [
    "no decision",
    `alter table promotion disable trigger user; update promotion set decision = null`,
  ],
  [
    "another promotion",
    `alter table deployment disable trigger user; alter table deployment drop constraint if exists deployment_promotion_id_promotion_id_fk;
     alter table promotion disable trigger user; update promotion set id = 'pro_x'; update deployment set promotion_id = 'pro_x'`,
  ],
])("refuses a row changed by hand to %s, and says so in its log", async (_, change) => {
  const { world, upstream, key } = await aDoor();
  await world.ownerSql.unsafe(change);
  const tokenFor = vi.fn(async () => "a token of the gateway's");
  const identity = { scopes: [scope], tokenFor, keyFor: tokenFor, certificateAuthority: null };
  const endpointHosts = ["127.0.0.1", "models.example"];
  const { address, logged } = await aGateway(world, { identity, endpointHosts });
  for (const model of ["discharge-summary", "triage"])
    expect((await ask(address, key, { ...chatOf("hello"), model })).status).toBe(404);
  expect(upstream.seen).toEqual([]);
  expect(tokenFor).not.toHaveBeenCalled();
  expect(logged.filter((line) => line.includes("route refused"))).toHaveLength(1);
});

it.each([
  ["signed by a key nobody trusts", {}, true],
  ["that has expired", { expiresAt: new Date(Date.now() - 1000) }, false],
  ["that rejected it", { outcome: "rejected" as const }, false],
])("refuses a decision %s", async (_, change, stranger) => {
  const { world, served, key } = await aDoor();
  const signer = stranger ? createSigner(generateKeyPair().privateKeyPem) : world.system.signer;
  const { organizationId } = world;
  const decision = aDecision(signer, { ...served, organizationId, ...change });
  await world.ownerSql.unsafe("alter table promotion disable trigger user");
  await world.ownerDb.update(promotion).set({ decision });
  const { address } = await aGateway(world);
  expect((await ask(address, key, chatOf("hello"))).status).toBe(404);
});

it("goes on serving what it verified while the database is away, and writes the usage down afterwards", async () => {
  const { world, key } = await aDoor();
  const wire = await aWireTo(world.url);
  const { address } = await aGateway(world, { databaseUrl: wire.url });
  expect((await ask(address, key, chatOf("hello"))).status).toBe(200);

  await wire.cut();
  const databaseIs = (state: string) =>
    vi.waitUntil(async () => {
      const health: unknown = await (await fetch(`${address}/health`)).json();
      return JSON.stringify(health).includes(`"database":"${state}"`);
    }, 15_000);
  await databaseIs("down");
  expect((await ask(address, key, chatOf("hello"))).status).toBe(200);
  const unknown = await ask(address, "a-key-never-seen", chatOf("hello"));
  expect(unknown.status).toBe(503);

  await wire.mend();
  await databaseIs("up");
  await vi.waitUntil(
    async () => (await world.ownerDb.select().from(servedRequest)).length === 2,
    15_000,
  );
});

it("shows its counts to Prometheus", async () => {
  const { world, served, key } = await aDoor();
  const { address } = await aGateway(world);
  await (await ask(address, key, chatOf("hello"))).text();
  const text = await (await fetch(`${address}/metrics`)).text();
  expect(text).toContain("preceptor_gateway_routes{");
  expect(text).toMatch(
    new RegExp(`preceptor_gateway_requests_total\\{[^}]*${served.deploymentId}[^}]*\\} 1`),
  );
});
