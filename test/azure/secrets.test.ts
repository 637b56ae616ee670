import { createHash, createHmac, createPrivateKey, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAzure, workspaceClient } from "@preceptor/azure";
import { attempt, organizationKey } from "@preceptor/db";
import { castVote, requestPromotion } from "@preceptor/services";
import { aBoard, aVote } from "@preceptor/services/testing";
import type { Deployment, Job, ModelVersion } from "@preceptor/domain";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { startFakeAzure, type FakeAzure, type FaultRule } from "../fake-azure/index.ts";
import { askAboutTarget, askEverything } from "./secrets/asking.ts";
import { everyColumn } from "./secrets/columns.ts";
import { everyFile } from "./secrets/files.ts";
import { findSecrets, type Said, type Secret } from "./secrets/find.ts";
import { aJob, moveFiles } from "./secrets/hospital.ts";
import { anInstallation, checkout, inAzure, type Installation } from "./secrets/installation.ts";
import { readPages, type Look } from "./secrets/pages.ts";
import { aPerson, type Person } from "./secrets/person.ts";

vi.setConfig({ testTimeout: 180_000 });

/** Met once each by whoever asks first: the jobs and the deployment get over them. */
const passing: readonly FaultRule[] = [
  { path: "/startPendingUpload", fault: { kind: "server-error", after: true } },
  { method: "PUT", path: "/jobs/", fault: { kind: "html" } },
  { method: "PUT", path: "/jobs/", fault: { kind: "throttle", retryAfterSeconds: 1 } },
  { method: "PUT", path: "/jobs/", fault: { kind: "hang-up", after: true } },
  { method: "GET", path: "/jobs\\?", fault: { kind: "broken-json" } },
  { method: "GET", path: "/jobs/", fault: { kind: "html" } },
  { path: "/details", fault: { kind: "broken-json" } },
  { method: "PUT", path: "/onlineEndpoints/", fault: { kind: "html" } },
];
/** Each for as long as it is on, and then the operator looks. */
const lasting: readonly FaultRule["fault"][] = [
  { kind: "role-missing" },
  { kind: "expired-credential" },
];

test("no secret is in a log, an answer, the command line, the database, the UI or on disk", async () => {
  const folder = await mkdtemp(join(tmpdir(), "preceptor-secrets-azure-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const azure = await startFakeAzure({ folder, syncMs: 100, operationMs: 50, record: true });
  onTestFinished(() => azure.close());
  const board = await aBoard();
  const { world } = board;
  await world.ownerDb.insert(organizationKey).values({
    organizationId: world.organizationId,
    subjectKey: randomBytes(32).toString("hex"),
  });
  const model = await board.anEvaluatedModel();
  await moveFiles(world, model, azure);
  const installation = await anInstallation(inAzure(azure), {
    databaseUrl: world.url,
    signingKeyPem: world.signingKeyPem,
  });
  const heard: Said[] = [];
  const person = (name: string, role: "operator" | "engineer"): Promise<Person> =>
    aPerson(installation.apiUrl, board.olga, { name, role }, heard);
  const [operator, engineer] = [await person("Ira", "operator"), await person("Ann", "engineer")];
  await defineCloud(operator, azure);
  // Endpoints that take keys are by choice, and their keys are secrets that others made.
  await defineCloud(operator, azure, { name: "keyed", access: "key" });

  for (const rule of passing) azure.faults.add(rule);
  const [cloud, keyed, here] = [
    await anApprovedDeployment(board, model, "discharge-summary", "cloud"),
    await anApprovedDeployment(board, model, "referrals", "keyed"),
    await anApprovedDeployment(board, model, "letters", "here"),
  ];
  const well = await aJob(engineer, "well", loggingProgram);
  const wrong = await aJob(engineer, "wrong", "raise ValueError('the rows do not fit')");
  expect(await ended(engineer, well)).toMatchObject({ status: "succeeded" });
  expect(await ended(engineer, wrong)).toMatchObject({ status: "failed" });
  await settled(engineer, here, "failed");
  await settled(engineer, cloud, "healthy");
  await settled(engineer, keyed, "healthy");
  const key = await operator.mutate<{ key: string }>("access.createApiKey", { name: "ward" });
  heard.splice(
    heard.findIndex(({ where }) => where.endsWith("access.createApiKey")),
    1,
  );
  heard.push(...(await askModel(installation, key?.key ?? "")));
  heard.push(...(await askMisled(installation, key?.key ?? "", world.ownerSql, { keyed, cloud })));

  azure.faults.clear();
  azure.faults.add({ method: "PUT", path: "/jobs/", times: null, fault: { kind: "role-missing" } });
  const refused = await aJob(engineer, "refused", "print('never')");
  await vi.waitFor(
    async () => {
      const job = await engineer.query<Job>("job.get", { id: refused });
      if (!job?.message?.includes("role")) throw new Error(JSON.stringify(job));
    },
    { timeout: 30_000, interval: 300 },
  );
  for (const fault of lasting) {
    azure.faults.clear();
    azure.faults.add({ path: "/(subscriptions|history)/", times: null, fault });
    await askAboutTarget(operator);
  }
  await askEverything(engineer);
  azure.faults.clear();
  azure.faults.add({ path: "/(usages|vmSizes|computes)", fault: { kind: "html" } });
  await askAboutTarget(operator);
  await askEverything(operator);
  await engineer.preceptor("job", "list", "--json");
  await engineer.preceptor("job", "watch", wrong, "--json");
  await engineer.preceptor("job", "logs", wrong);
  await operator.preceptor("target", "show", "cloud", "--json");

  const drawn = await readPages(installation.apiUrl, operator, [
    ["/", "Kept here"],
    ["/compute/cloud", "Clusters"],
    ["/deployments", "referrals"],
    [`/deployments/${keyed}`, "Timeline"],
    ["/members?tab=keys", "ward"],
    [`/jobs/${wrong}?tab=logs`, "the rows do not fit"],
    ...[well, wrong, refused].map((id): Look => [`/jobs/${id}?tab=spec`, "as it was submitted"]),
    [`/jobs/${refused}`, "What it is"],
  ]);

  const secrets = await secretsOf(azure, board, installation, [operator, engineer], key?.key ?? "");
  secrets.push(...(await endpointKeysOf(azure)));
  const logs = await installation.stop();
  const columns = await everyColumn(world.ownerSql);
  const disk = await everyFile(join(installation.dataDir, "work"), "disk");
  const ui = await everyFile(join(checkout, "apps/admin/dist"), "UI");
  // `npm test`, `npm start` and `npm run verify` build it.
  expect(ui.length).toBeGreaterThan(20);
  expect(heard.length).toBeGreaterThan(100);
  expect(logs.map(({ text }) => text).join()).toContain("lacks a role");
  expect(logs.map(({ text }) => text).join()).toContain("so its key is not asked for");
  expect(columns.length).toBeGreaterThan(200);
  expect(findSecrets([...logs, ...heard, ...columns, ...disk, ...ui, ...drawn], secrets)).toEqual(
    [],
  );
});

type Board = Awaited<ReturnType<typeof aBoard>>;

/** Logs a metric with its own token, and shows by its exit that it had its token. */
const loggingProgram = `
import json, os, time, urllib.request
body = {"run_id": os.environ["MLFLOW_RUN_ID"], "key": "loss", "value": 1.5, "timestamp": int(time.time() * 1000), "step": 1}
request = urllib.request.Request(
    os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/runs/log-metric",
    json.dumps(body).encode(),
    {"content-type": "application/json", "authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"]},
)
print(urllib.request.urlopen(request).status)
`;

async function defineCloud(
  operator: Person,
  { settings }: FakeAzure,
  { name, access }: { name: string; access: "entra" | "key" } = { name: "cloud", access: "entra" },
): Promise<void> {
  await operator.mutate("computeTarget.define", {
    name,
    provider: "azure-ml",
    settings: {
      maxNodes: 2,
      maxProcessesPerNode: 2,
      diskQuotaBytes: 1e9,
      logLimitBytes: 1e6,
      azure: { ...settings, serving: { ...settings.serving, access } },
    },
  });
}

async function anApprovedDeployment(
  board: Board,
  model: ModelVersion,
  purpose: string,
  target: string,
): Promise<string> {
  const asked = await requestPromotion(board.eve, { ...board.asking(model), purpose, target });
  await castVote(board.bob, aVote(asked));
  const { deploymentId } = await castVote(board.bea, aVote(asked));
  return deploymentId ?? "";
}

const final = ["succeeded", "failed", "cancelled"];
const ended = (person: Person, id: string): Promise<Job> =>
  vi.waitFor(
    async () => {
      const job = await person.query<Job>("job.get", { id });
      if (!job || !final.includes(job.status)) throw new Error(`${job?.status}: ${job?.message}`);
      return job;
    },
    { timeout: 60_000, interval: 300 },
  );
const settled = (person: Person, id: string, status: Deployment["status"]): Promise<void> =>
  vi.waitFor(
    async () => {
      const seen = await person.query<Deployment>("deployment.get", { id });
      if (seen?.status !== status) throw new Error(`${seen?.status}: ${seen?.message}`);
    },
    { timeout: 60_000, interval: 300 },
  );

/** What a key holder is told: an answer, a model that is not there, and a key that is wrong. */
async function askModel({ gatewayUrl }: Installation, key: string): Promise<Said[]> {
  const ask = async (model: string, bearer: string): Promise<Response> =>
    fetch(`${gatewayUrl}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      body: JSON.stringify({ model, messages: [{ role: "user", content: "synthetic" }] }),
    });
  const answered = (model: string): Promise<Response> =>
    vi.waitFor(
      async () => {
        const response = await ask(model, key);
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
        return response;
      },
      { timeout: 20_000, interval: 300 },
    );
  const all = [await answered("discharge-summary"), await answered("referrals")];
  all.push(await ask("letters", key), await ask("letters", `${key}x`));
  return Promise.all(all.map(heardFrom));
}

const heardFrom = async (response: Response): Promise<Said> => ({
  where: "answer of the gateway",
  text: JSON.stringify([...response.headers]) + (await response.text()),
});

/** Somebody who can write rows wants one endpoint's key sent to another: the gateway asks Azure first, and sends nothing. */
function askMisled(
  { gatewayUrl }: Installation,
  key: string,
  sql: Board["world"]["ownerSql"],
  { keyed, cloud }: { keyed: string; cloud: string },
): Promise<Said[]> {
  return vi.waitFor(
    async () => {
      // Again each time, for the worker writes down what it sees.
      await sql`update deployment set endpoint = (select endpoint from deployment where id = ${cloud}) where id = ${keyed}`;
      const response = await fetch(`${gatewayUrl}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ model: "referrals", messages: [{ role: "user", content: "x" }] }),
      });
      const said = await heardFrom(response);
      if (response.status !== 503) throw new Error(`${response.status} ${said.text}`);
      return [said];
    },
    { timeout: 20_000, interval: 300 },
  );
}

/** Those of every endpoint that takes keys, as an owner of the workspace reads them. */
async function endpointKeysOf(azure: FakeAzure): Promise<Secret[]> {
  const client = workspaceClient(connectAzure(azure.environment), azure.workspace);
  const Endpoints = z.object({
    value: z.array(z.object({ name: z.string(), properties: z.object({ authMode: z.string() }) })),
  });
  const path = "/onlineEndpoints";
  const { value } = await client.send({ method: "GET", path, schema: Endpoints });
  const names = value.filter(({ properties }) => properties.authMode === "Key");
  expect(names).toHaveLength(1);
  const Keys = z.object({ primaryKey: z.string(), secondaryKey: z.string() });
  const pairs = await Promise.all(
    names.map(({ name }) =>
      client.send({ method: "POST", path: `${path}/${name}/listKeys`, schema: Keys }),
    ),
  );
  return pairs
    .flatMap(({ primaryKey, secondaryKey }) => [primaryKey, secondaryKey])
    .map((value) => ({ name: "an endpoint's key", value }));
}

/** All that exist in this world. Those of single attempts are read from what the service was sent. */
async function secretsOf(
  azure: FakeAzure,
  { world }: Board,
  { secret, servingKey }: Installation,
  people: readonly Person[],
  apiKey: string,
): Promise<Secret[]> {
  const sent = JSON.stringify(azure.requests);
  const all = (pattern: RegExp): string[] => [
    ...new Set([...sent.matchAll(pattern)].map(([, value]) => value ?? "")),
  ];
  // What describes a job there holds a ticket, and nothing that opens anything once its processes began.
  const tickets = all(/"PRECEPTOR_TICKET":"([^"]+)"/g);
  expect(sent).not.toMatch(/MLFLOW_TRACKING_TOKEN|PRECEPTOR_SUBJECT_KEY/);
  const begun = await world.ownerDb.select().from(attempt);
  const attempts = begun.map(({ id }) =>
    createHmac("sha256", secret).update(`attempt token of ${id}`).digest("base64url"),
  );
  const known = new Set(begun.map(({ tokenHash }) => tokenHash));
  const used = attempts.map((token) => createHash("sha256").update(token).digest("hex"));
  expect(used.some((hash) => known.has(hash))).toBe(true);
  const keys = await world.ownerDb.select().from(organizationKey);
  const subjectKeys = keys.map(({ subjectKey }) => subjectKey);
  const links = all(/[?&]sig=([^"&]+)/g);
  expect(tickets.length).toBeGreaterThanOrEqual(3);
  expect(subjectKeys).toHaveLength(1);
  expect(links.length).toBeGreaterThan(0);
  const { d = "" } = createPrivateKey(world.signingKeyPem).export({ format: "jwk" });
  const named = (name: string, values: readonly string[], livesIn?: string): Secret[] =>
    values.map((value) => ({ name, value, ...(livesIn === undefined ? {} : { livesIn }) }));
  return [
    ...named("the client secret", [azure.environment["AZURE_CLIENT_SECRET"] ?? ""]),
    // They are unsigned, so all begin alike.
    ...named("a token of the cloud", [azure.token("any", 60).split(".")[0] ?? ""]),
    ...named("an attempt's ticket", tickets),
    ...named("an attempt's token", attempts),
    ...named("a link's signature", [...links, ...links.map((link) => decodeURIComponent(link))]),
    ...named("the subject key", subjectKeys, "database organization_key.subject_key"),
    ...named("the session secret", [secret]),
    ...named("the serving key", [servingKey]),
    ...named("the signing key", [Buffer.from(d, "base64url").toString("latin1"), d]),
    ...named(
      "a database password",
      [world.url, world.ownerUrl].map((url) => new URL(url).password),
    ),
    ...named(
      "a session",
      people.map(({ token }) => token),
      "database session.token",
    ),
    ...named("an API key", [apiKey]),
  ].filter(({ value }) => value.length >= 8);
}

test.each([
  { planted: "in plain", text: (value: string) => `could not ask: ${value}` },
  { planted: "in a query", text: (value: string) => `?key=${encodeURIComponent(value)}` },
  { planted: "in JSON", text: (value: string) => JSON.stringify({ message: value }) },
  { planted: "in base64", text: (value: string) => Buffer.from(`${value}.`).toString("base64") },
  { planted: "in hex", text: (value: string) => Buffer.from(value).toString("hex") },
])("a secret planted $planted is found in each of the four, and not repeated", ({ text }) => {
  const secret: Secret = { name: "the client secret", value: 'Zq~8"Q/x+plant=ed' };
  for (const where of ["log of worker", "answer to engineer", "database job.message", "UI x.js"]) {
    const found = findSecrets([{ where, text: text(secret.value) }], [secret]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`the client secret in ${where}`);
    expect(found[0]).not.toContain(secret.value);
  }
});

test.each([
  "GET https://a.example/c/b?sv=2024&sig=Ab%2Bc0123456789abcdef%3D",
  "authorization: Bearer abcdefghijklmnopqrstuvwx",
  "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovLyJ9.",
  "postgres://app:hunter2@127.0.0.1:5432/db",
])("what only a secret looks like is found without being known: %s", (text) => {
  expect(findSecrets([{ where: "log of api", text }], [])).toHaveLength(1);
});

test("a secret may stand in the one place it lives in, and in no other", () => {
  const secret: Secret = { name: "a session", value: "s".repeat(32), livesIn: "database a.b" };
  const said = ["database a.b", "database a.c"].map((where) => ({ where, text: secret.value }));
  expect(findSecrets(said, [secret])).toEqual(['a session in database a.c, after ""']);
});
