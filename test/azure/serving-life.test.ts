import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askEndpoint, connectAzure, endpointKeyFor, workspaceClient } from "@preceptor/azure";
import { EndpointAccess } from "@preceptor/domain";
import type { ServingHandle, ServingObservation, ServingProvider } from "@preceptor/serving";
import { azureOnlineEndpoint } from "@preceptor/serving/azure-online-endpoint";
import { specOf } from "@preceptor/serving/contract";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { startFakeAzure, type FakeAzure } from "../fake-azure/index.ts";
import { runWideStorage } from "../run-wide/index.ts";
import { violationsOf } from "./conformance.ts";
import { aForeignHost } from "./foreign-host.ts";

vi.setConfig({ testTimeout: 120_000 });

async function aWorld(options: { operationMs?: number; access?: "entra" | "key" } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "azure-serving-"));
  const { operationMs = 50, access = "entra" } = options;
  const storage = await runWideStorage();
  const fake = await startFakeAzure({ folder, storage, operationMs, record: true });
  onTestFinished(async () => {
    await fake.close();
    await rm(folder, { recursive: true, force: true });
    expect(await violationsOf(fake.requests)).toEqual([]);
  });
  const target = { ...fake.settings, serving: { ...fake.settings.serving, access } };
  const connect = (): ServingProvider =>
    azureOnlineEndpoint({
      connection: connectAzure(fake.environment),
      target,
      scope: "target",
      pollMs: 50,
    });
  const begin = async (serving: ServingProvider, id: string, weights: string) =>
    serving.start(id, await specOf(folder, weights));
  return {
    fake,
    folder,
    connect,
    begin,
    client: workspaceClient(connectAzure(fake.environment), fake.workspace),
  };
}

function seen(
  serving: ServingProvider,
  handle: ServingHandle,
  kind: ServingObservation["kind"],
): Promise<ServingObservation> {
  return vi.waitFor(
    async () => {
      const [found] = await serving.observe([handle]);
      expect(found).toMatchObject({ kind });
      return found ?? { kind: "gone" };
    },
    { timeout: 60_000, interval: 100 },
  );
}

const putsOf = (fake: FakeAzure, path: RegExp): number =>
  fake.requests.filter(({ method, url }) => method === "PUT" && path.test(url)).length;
const nameOf = (handle: ServingHandle): string => handle.data["deployment"] ?? "";
const deployments = /\/deployments\/[^/]+\?/;

test("blue and green side by side: a canary, a mirror, the way back, and nobody loses traffic when one goes", async () => {
  const { connect, begin } = await aWorld();
  const serving = connect();
  const { traffic } = serving.capabilities;
  if (traffic === undefined) throw new Error("it has traffic");
  // Both at once: Azure takes one operation an endpoint, so the second waits for the first.
  const [blue, green] = await Promise.all([
    begin(serving, "dep_blue", "blue"),
    begin(serving, "dep_green", "green"),
  ]);
  await Promise.all([seen(serving, blue, "healthy"), seen(serving, green, "healthy")]);
  expect(blue.data["endpoint"]).toBe(green.data["endpoint"]);
  expect(await traffic.read(blue)).toEqual({ live: {}, mirror: {} });

  await traffic.share(blue, 100);
  await traffic.mirror(green, 20);
  await expect(traffic.mirror(blue, 20)).rejects.toMatchObject({ code: "invalid" });
  const former = await traffic.share(green, 10);
  expect(former).toEqual({ live: { [nameOf(blue)]: 100 }, mirror: { [nameOf(green)]: 20 } });
  expect(await traffic.read(blue)).toEqual({
    live: { [nameOf(blue)]: 90, [nameOf(green)]: 10 },
    mirror: {},
  });
  await traffic.restore(blue, former);
  expect(await traffic.read(blue)).toEqual(former);

  await traffic.share(green, 30);
  await serving.stop(blue);
  await seen(serving, blue, "stopped");
  expect(await traffic.read(green)).toEqual({ live: { [nameOf(green)]: 100 }, mirror: {} });
  await expect(traffic.restore(green, former)).rejects.toMatchObject({ code: "conflict" });
});

test("two workers on one endpoint: their operations follow one another, and neither writes over what the other did", async () => {
  const { fake, connect, begin } = await aWorld({ operationMs: 300 });
  const [one, two] = [connect(), connect()];
  const [blue, green, red] = await Promise.all([
    begin(one, "dep_blue", "blue"),
    begin(two, "dep_green", "green"),
    begin(one, "dep_red", "red"),
  ]);
  await Promise.all([blue, green, red].map((each) => seen(two, each, "healthy")));
  // Both found no endpoint and asked for it, as Azure sees it once; each deployment is asked for until it is taken, once.
  const taken = fake.requests.filter(({ method, status }) => method === "PUT" && status < 300);
  expect(taken.filter(({ url }) => deployments.test(url)).length).toBe(3);

  const first = one.capabilities.traffic;
  const second = two.capabilities.traffic;
  if (first === undefined || second === undefined) throw new Error("it has traffic");
  await first.share(blue, 100);
  await Promise.all([first.share(green, 10), second.mirror(red, 20)]);
  // Who came second read again before it wrote.
  expect(await second.read(blue)).toEqual({
    live: { [nameOf(blue)]: 90, [nameOf(green)]: 10 },
    mirror: { [nameOf(red)]: 20 },
  });

  await Promise.all([one.stop(green), two.stop(red)]);
  await Promise.all(
    [green, red].map((each) =>
      vi.waitFor(
        async () => {
          for (const worker of [one, two]) await worker.stop(each);
          const [found] = await one.observe([each]);
          expect(found).toMatchObject({ kind: "stopped" });
        },
        { timeout: 60_000, interval: 100 },
      ),
    ),
  );
  expect(await first.read(blue)).toEqual({ live: { [nameOf(blue)]: 100 }, mirror: {} });
});

test("a split is brought about step by step, by whoever comes after a restart too, and written once", async () => {
  const { fake, connect, begin } = await aWorld({ operationMs: 400 });
  const serving = connect();
  const [blue, green] = [
    await begin(serving, "dep_blue", "blue"),
    await begin(serving, "dep_green", "green"),
  ];
  await Promise.all([seen(serving, blue, "healthy"), seen(serving, green, "healthy")]);
  const before = putsOf(fake, /\/onlineEndpoints\/[^/]+\?/);
  const wanted = [
    { handle: blue, percent: 90, mirrorPercent: 0 },
    { handle: green, percent: 10, mirrorPercent: 0 },
  ];
  // Each look is a process of its own: what the one asked for, the next finds under way and does not ask for again.
  const done = await vi.waitFor(
    async () => {
      const there = await connect().capabilities.traffic?.bring(wanted);
      expect(there).toBe(true);
      return there;
    },
    { timeout: 20_000, interval: 50 },
  );
  expect(done).toBe(true);
  expect(await serving.capabilities.traffic?.read(blue)).toEqual({
    live: { [nameOf(blue)]: 90, [nameOf(green)]: 10 },
    mirror: {},
  });
  expect(putsOf(fake, /\/onlineEndpoints\/[^/]+\?/) - before).toBe(1);
});

test.each([
  ["a cut after the effect", { kind: "hang-up", after: true } as const],
  ["a server error after the effect", { kind: "server-error", after: true } as const],
])("a deployment is asked for once although the answer was %s", async (_name, fault) => {
  const { fake, connect, begin } = await aWorld();
  fake.faults.add({ method: "PUT", path: "/deployments/", fault });
  fake.faults.add({ method: "PUT", path: "/models/", fault });
  const serving = connect();
  await seen(serving, await begin(serving, "dep_one", "one"), "healthy");
  expect(putsOf(fake, deployments)).toBe(1);
  expect(putsOf(fake, /\/models\//)).toBe(1);
});

test("a worker that ended while Azure was at it is followed by one that goes on, without asking twice", async () => {
  const { fake, connect, begin } = await aWorld({ operationMs: 2000 });
  const handle = await begin(connect(), "dep_one", "one");
  await vi.waitFor(() => expect(putsOf(fake, deployments)).toBe(1), { timeout: 30_000 });
  const next = connect();
  expect((await next.observe([handle]))[0]?.kind).toMatch(/starting|healthy/);
  expect(await begin(next, "dep_one", "one")).toEqual(handle);
  await seen(next, handle, "healthy");
  expect(putsOf(fake, deployments)).toBe(1);
});

test("a failed deployment is deleted, its log is kept, and its purpose takes the next", async () => {
  const { fake, connect, begin, client } = await aWorld();
  const serving = connect();
  // While another operation holds the endpoint a deletion is refused; it costs until one is not.
  fake.faults.add({
    method: "DELETE",
    path: "/deployments/",
    times: 3,
    fault: { kind: "conflict" },
  });
  const broken = await begin(serving, "dep_broken", "broken");
  expect(await seen(serving, broken, "failed")).toMatchObject({
    message: expect.stringMatching(/these weights do not load.*log says why/s),
  });
  const deletions = fake.requests.filter(({ method }) => method === "DELETE");
  expect(deletions.map(({ status }) => status)).toEqual([409, 409, 409, 202]);
  const path = `/onlineEndpoints/${broken.data["endpoint"]}/deployments`;
  const List = z.object({ value: z.array(z.object({ name: z.string() })) });
  await vi.waitFor(
    async () =>
      expect((await client.send({ method: "GET", path, schema: List })).value).toEqual([]),
    { timeout: 20_000, interval: 100 },
  );
  const log = await serving.capabilities.logs?.read(broken, 0, 100_000);
  expect(log?.text).toContain("these weights do not load");
  await seen(serving, await begin(serving, "dep_next", "fine"), "healthy");
});

test("what waiting mends is waited out and told meanwhile; what it does not is the deployment's end", async () => {
  const { fake, connect, begin } = await aWorld();
  const serving = connect();
  fake.faults.add({
    method: "PUT",
    path: "/onlineEndpoints/",
    times: 2,
    fault: { kind: "role-missing" },
  });
  const one = await begin(serving, "dep_one", "one");
  await vi.waitFor(
    async () =>
      expect((await serving.observe([one]))[0]).toMatchObject({
        kind: "starting",
        message: expect.stringMatching(/lacks a role/),
      }),
    { timeout: 30_000, interval: 20 },
  );
  await seen(serving, one, "healthy");
  fake.faults.add({ method: "PUT", path: "/deployments/", fault: { kind: "quota-zero" } });
  const two = await begin(serving, "dep_two", "two");
  expect(await seen(serving, two, "failed")).toMatchObject({ message: /quota/ });
});

test("a word nobody knows for an endpoint's state is waited out, and ends no deployment", async () => {
  const { fake, connect, begin } = await aWorld();
  const serving = connect();
  // The first look may find nothing, whatever word it would have had.
  fake.faults.add({
    method: "GET",
    path: "/onlineEndpoints/[^/]+\\?",
    times: 6,
    fault: { kind: "status-word", word: "Hibernating" },
  });
  const one = await begin(serving, "dep_one", "one");
  await seen(serving, one, "healthy");
  expect(fake.faults.list()).toEqual([]);
  const { traffic } = serving.capabilities;
  fake.faults.add({
    method: "GET",
    path: "/onlineEndpoints/[^/]+\\?",
    times: 4,
    fault: { kind: "status-word", word: "Hibernating" },
  });
  await traffic?.share(one, 100);
  expect(await traffic?.read(one)).toEqual({ live: { [nameOf(one)]: 100 }, mirror: {} });
});

test("no token goes to an address that models do not answer from, whatever Azure says of an endpoint", async () => {
  const { fake, folder, connect, begin } = await aWorld();
  const serving = connect();
  const one = await begin(serving, "dep_one", "one");
  await seen(serving, one, "healthy");
  const { origin, heard } = await aForeignHost(folder);
  fake.faults.add({
    method: "GET",
    path: "/onlineEndpoints/[^/]+\\?",
    fault: { kind: "foreign-link", origin },
  });
  expect((await serving.observe([one]))[0]).toMatchObject({ kind: "unhealthy" });
  expect(heard).toEqual([]);
  await seen(serving, one, "healthy");
});

test("with keys by choice an access says whose key is wanted, and holds none", async () => {
  const { fake, connect, begin } = await aWorld({ access: "key" });
  const serving = connect();
  const found = await seen(serving, await begin(serving, "dep_one", "one"), "healthy");
  if (found.kind !== "healthy") throw new Error("not healthy");
  const { bearer, headers } = EndpointAccess.parse(found.access);
  if (bearer.from !== "endpoint-key") throw new Error(`its bearer is from ${bearer.from}`);
  const connection = connectAzure(fake.environment);
  const address = new URL(found.endpoint);
  const key = await endpointKeyFor(connection, bearer.place, address);
  expect(JSON.stringify(found)).not.toContain(key);
  const question = { url: `${found.endpoint}/models`, headers };
  expect((await askEndpoint(connection, { ...question, key })).status).toBe(200);
  expect((await askEndpoint(connection, question)).status).toBe(401);
  const keysAsked = (): number => fake.requests.filter(({ url }) => /listKeys/.test(url)).length;
  const before = keysAsked();
  for (const elsewhere of [new URL("https://models.example/v1"), new URL("../other/v1", address)])
    await expect(endpointKeyFor(connection, bearer.place, elsewhere)).rejects.toMatchObject({
      code: "forbidden",
    });
  expect(keysAsked()).toBe(before);
});
