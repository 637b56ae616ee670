import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testDatabase } from "@preceptor/db/testing";
import { expect, onTestFinished, test, vi } from "vitest";
import { startFakeAzure } from "./fake-azure/index.ts";

const main = join(import.meta.dirname, "../apps/api/src/main.ts");
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "preceptor-target-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const origin = "http://127.0.0.1:4600";
const json = { "content-type": "application/json", origin };
const olga = { email: "olga@example.org", password: "correct horse battery" };

/** The real process of the API, and its first administrator asking procedures. */
async function anApi(databaseUrl: string, more: Record<string, string>) {
  const child = fork(main, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      DATABASE_URL: databaseUrl,
      PRECEPTOR_API_PORT: "0",
      PRECEPTOR_PUBLIC_URL: origin,
      PRECEPTOR_SECRET: "s".repeat(40),
      PRECEPTOR_DATA_DIR: aFolder(),
      PRECEPTOR_LOG_LEVEL: "error",
      ...more,
    },
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "exit");
  });
  const said = new Map<string, { address?: string; url?: string }>();
  child.on("message", (message: { type: string; address?: string; url?: string }) => {
    said.set(message.type, message);
  });
  await vi.waitUntil(() => said.has("first-admin"), { timeout: 30_000, interval: 20 });
  const url = said.get("ready")?.address ?? "";
  const post = async (path: string, body: object): Promise<Response> => {
    const answer = await fetch(url + path, {
      method: "POST",
      headers: json,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer;
  };
  const token = new URL(said.get("first-admin")?.url ?? "").searchParams.get("token");
  await post("/api/setup", { token, name: "Olga", ...olga, organization: "Meridian Hospital" });
  const session = await post("/api/auth/sign-in/email", olga);
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const ask = async <T>(path: string, input: unknown, method: "GET" | "POST"): Promise<T> => {
    const text = JSON.stringify(input);
    const answer = await fetch(
      `${url}/api/trpc/${path}${method === "GET" ? `?input=${encodeURIComponent(text)}` : ""}`,
      { method, headers: { ...json, cookie }, ...(method === "POST" ? { body: text } : {}) },
    );
    const { result, error } = JSON.parse(await answer.text());
    if (error) throw new Error(error.message);
    return result.data;
  };
  return {
    query: <T>(path: string, input: unknown) => ask<T>(path, input, "GET"),
    mutate: <T>(path: string, input: unknown) => ask<T>(path, input, "POST"),
  };
}
const of = { target: "cloud" };
const a100 = { ...of, cluster: "grown" };
type Clusters = readonly { name: string; state: string; minNodes: number; maxNodes: number }[];
type Problems = readonly { kind: string; message: string }[];

const definitionOf = (azure: object) => ({
  name: "cloud",
  provider: "azure-ml",
  settings: {
    maxNodes: 2,
    maxProcessesPerNode: 2,
    diskQuotaBytes: 1e9,
    logLimitBytes: 1e6,
    azure,
  },
});

test(
  "a server defines a target in the cloud, checks it and grows clusters there; what is wrong is told apart",
  { timeout: 120_000 },
  async () => {
    const azure = await startFakeAzure({ folder: aFolder() });
    onTestFinished(() => azure.close());
    const { url } = await testDatabase();
    const api = await anApi(url, azure.environment);
    await api.mutate("computeTarget.define", definitionOf(azure.settings));
    expect(await api.query("computeTarget.check", { ...of, nodes: 1 })).toEqual([]);
    expect(await api.query("computeTarget.capacity", of)).toMatchObject({ running: 0 });
    expect((await api.query<unknown[]>("computeTarget.quotas", of)).length).toBeGreaterThan(0);
    const options = await api.query<{ instanceTypes: { name: string }[] }>(
      "computeTarget.options",
      of,
    );
    const machine = options.instanceTypes[0]?.name ?? "";

    await api.mutate("cluster.create", {
      ...a100,
      instanceType: machine,
      tier: "spot",
      maxNodes: 2,
    });
    const grown = async () =>
      (await api.query<Clusters>("cluster.list", of)).find(({ name }) => name === "grown");
    await vi.waitUntil(async () => (await grown())?.state === "ready", { timeout: 20_000 });
    await api.mutate("cluster.resize", { ...a100, maxNodes: 3 });
    await vi.waitUntil(
      async () => {
        const seen = await grown();
        return seen?.maxNodes === 3 && seen.state === "ready";
      },
      { timeout: 20_000 },
    );
    await api.mutate("cluster.drain", a100);
    await vi.waitUntil(
      async () => {
        const seen = await grown();
        return seen?.maxNodes === 0 && seen.state === "ready";
      },
      { timeout: 20_000 },
    );
    await api.mutate("cluster.remove", a100);
    await vi.waitUntil(async () => (await grown()) === undefined, { timeout: 20_000 });

    await api.mutate(
      "computeTarget.define",
      definitionOf({ ...azure.settings, cluster: "none-such" }),
    );
    const missing = await api.query<Problems>("computeTarget.check", { ...of, nodes: 1 });
    expect(missing.map(({ kind }) => kind)).toEqual(["cluster-missing"]);
  },
);

test(
  "a server without a credential starts, and says what to set when such a target is used",
  { timeout: 60_000 },
  async () => {
    const { url } = await testDatabase();
    const api = await anApi(url, {});
    const settings = {
      subscriptionId: "00000000-0000-4000-8000-000000000001",
      resourceGroup: "rg-models",
      workspace: "ml-models",
      region: "westeurope",
      cluster: "a100",
      datastore: "workspaceblobstore",
      blobEndpoint: "https://account.blob.core.windows.net",
      container: "jobs",
      image: "registry.example.org/trainer:1",
    };
    await api.mutate("computeTarget.define", definitionOf(settings));
    expect(await api.query("computeTarget.check", { target: "local" })).toEqual([]);
    const told = await api.query<Problems>("computeTarget.check", of);
    expect(told).toMatchObject([{ kind: "unreachable" }]);
    expect(told[0]?.message).toContain("PRECEPTOR_AZURE_CREDENTIAL");
    await expect(api.query("cluster.list", of)).rejects.toThrow("PRECEPTOR_AZURE_CREDENTIAL");
  },
);
