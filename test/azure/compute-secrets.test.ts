import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ComputeProvider } from "@preceptor/compute";
import { until, untilEnded, untilKind } from "@preceptor/compute/contract";
import { expect, onTestFinished, test, vi } from "vitest";
import { readTls } from "../fake-azure/tls.ts";
import type { FaultRule } from "../fake-azure/index.ts";
import { aDoor } from "./a-door.ts";
import { azureWorld } from "./compute-world.ts";

vi.setConfig({ testTimeout: 120_000 });

const attemptToken = "attempt-token-zqxj-7391";
const subjectKey = "subject-key-zqxj-8824";
const ticket = "ticket-zqxj-6610";
const patient = "patient Jane Roe born 1950";

const every = { times: null } as const;
/** Each of them makes an answer an error, at a place where a secret is near. */
const troubles: readonly FaultRule[] = [
  { ...every, path: "/startPendingUpload", fault: { kind: "server-error", after: true } },
  { ...every, path: "/startPendingUpload", fault: { kind: "broken-json" } },
  { ...every, path: "/jobs/", method: "PUT", fault: { kind: "broken-json" } },
  { ...every, path: "/jobs/", method: "PUT", fault: { kind: "html" } },
  { ...every, path: "/jobs/", method: "GET", fault: { kind: "broken-json" } },
  { ...every, path: "/jobs\\?", method: "GET", fault: { kind: "broken-json" } },
  { ...every, path: "/details", fault: { kind: "broken-json" } },
  { ...every, path: "/oauth2/", fault: { kind: "expired-credential" } },
  { ...every, path: "/workspaces", fault: { kind: "role-missing" } },
];

test("no client secret, bearer token, attempt token or signed link is in a log, an error, a handle or an observation", async () => {
  const world = await azureWorld();
  onTestFinished(() => world.close());
  const said: unknown[] = [];
  const open = (): ComputeProvider =>
    world.open({ log: { warn: (...words) => void said.push(words) } });
  const hear = async (ask: () => Promise<unknown>): Promise<void> => {
    await ask().then(
      (value) => said.push(value),
      (error: unknown) => said.push(everythingOf(error)),
    );
  };
  const use = async (provider: ComputeProvider, id: string): Promise<void> => {
    const handle = { provider: "azure-ml", attemptId: id, data: {} } as const;
    const { logs, clusters, quotas, options, preflight, capacity } = provider.capabilities;
    await hear(() => provider.observe([handle]));
    await hear(() => provider.listProduced(handle, "outputs"));
    await hear(() => provider.readProduced(handle, "outputs", "none.txt"));
    await hear(() => logs?.list(handle) ?? Promise.resolve());
    await hear(() => logs?.read(handle, "node-0", 0, 5) ?? Promise.resolve());
    await hear(() => clusters?.list() ?? Promise.resolve());
    await hear(() => quotas?.quotas() ?? Promise.resolve());
    await hear(() => options?.options() ?? Promise.resolve());
    await hear(() => preflight?.check({ nodes: 1 }) ?? Promise.resolve());
    await hear(() => capacity?.capacity() ?? Promise.resolve());
  };
  const secrets = { MLFLOW_TRACKING_TOKEN: attemptToken, PRECEPTOR_SUBJECT_KEY: subjectKey };
  const url = await aDoor((_, response) => void response.end(JSON.stringify({ secrets })));
  const spec = async (program: string) =>
    world.python(program, {
      secrets,
      ticket: { url, value: ticket },
    });

  const well = open();
  await hear(async () => well.start("att_secret", await spec(`raise ValueError("${patient}")`)));
  await untilEnded(well, { provider: "azure-ml", attemptId: "att_secret", data: {} });
  await use(well, "att_secret");
  for (const [index, rule] of troubles.entries()) {
    world.azure.faults.clear();
    world.azure.faults.add(rule);
    const provider = open();
    const id = `att_trouble-${index}`;
    await hear(async () => provider.start(id, await spec(`print(${index})`)));
    await use(provider, index < 2 ? "att_secret" : id);
    await hear(() => provider.cancel({ provider: "azure-ml", attemptId: id, data: {} }));
    await hear(() => provider.release({ provider: "azure-ml", attemptId: id, data: {} }));
  }
  const text = JSON.stringify(said);
  expect(text).toContain("role");
  expect(said.length).toBeGreaterThan(100);
  const secret = world.azure.environment["AZURE_CLIENT_SECRET"];
  for (const hidden of [secret, attemptToken, subjectKey, ticket, patient])
    expect(text).not.toContain(hidden);
  expect(text).not.toMatch(/[?&]sig=|[?&]se=|Bearer |eyJ[\w-]{10,}\./i);
});

/** All an error carries, also what a logger that walks its fields would find. */
function everythingOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return { ...error, name: error.name, message: error.message, cause: everythingOf(error.cause) };
}

test("a list that goes on at another host, and a redirect to one, are not followed", async () => {
  const world = await azureWorld({ pageSize: 1 });
  onTestFinished(() => world.close());
  const folder = await mkdtemp(join(tmpdir(), "foreign-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { server: tls } = await readTls(join(folder));
  const visits: unknown[] = [];
  const foreign = createServer({ key: tls.key, cert: tls.cert }, (request, response) => {
    visits.push(request.headers);
    response.end("{}");
  });
  foreign.on("tlsClientError", (error) => visits.push(error.message));
  foreign.listen(0, "127.0.0.1");
  await once(foreign, "listening");
  onTestFinished(() => void foreign.close());
  const origin = `https://127.0.0.1:${(foreign.address() as AddressInfo).port}`;

  const before = world.open();
  const forever = await world.python("import time\nwhile True: time.sleep(1)");
  const handles = [
    await before.start("att_here-1", forever),
    await before.start("att_here-2", forever),
  ];
  for (const handle of handles) await untilKind(before, handle, "running");
  for (const fault of [
    { kind: "foreign-link", origin },
    { kind: "redirect", origin },
  ] as const) {
    world.azure.faults.clear();
    world.azure.faults.add({ path: "/jobs", method: "GET", times: null, fault });
    const seen = await world.open().observe(handles);
    expect(seen.map(({ kind }) => kind)).toContain("unknown");
  }
  expect(visits).toEqual([]);
  world.azure.faults.clear();
  const after = world.open();
  for (const handle of handles) await after.cancel(handle);
  await until(
    () => after.observe(handles),
    (seen) => seen.every(({ kind }) => kind === "cancelled"),
  );
});
