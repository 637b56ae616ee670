import type { Cluster, ComputeProvider, Problem } from "@preceptor/compute";
import { until } from "@preceptor/compute/contract";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Fault } from "../fake-azure/index.ts";
import { azureWorld, type AzureWorld } from "./compute-world.ts";

vi.setConfig({ testTimeout: 60_000 });

let world: AzureWorld;
beforeAll(async () => {
  world = await azureWorld({ pageSize: 1 });
});
afterAll(() => world.close());
beforeEach(() => world.azure.faults.clear());

function offers(provider: ComputeProvider) {
  const { clusters, quotas, options, preflight } = provider.capabilities;
  if (!clusters || !quotas || !options || !preflight) throw new Error("it offers less");
  return { clusters, quotas, options, preflight };
}

const spec = {
  name: "night-shift",
  instanceType: "Standard_NC24ads_A100_v4",
  tier: "spot",
  minNodes: 0,
  maxNodes: 3,
  idleSeconds: 180,
  subnet: null,
  identity: null,
} as const;

test("a cluster is created once, resized, drained, and removed for good", async () => {
  const { clusters } = offers(world.open());
  const settled = (state: Cluster["state"]) =>
    until(
      async () => (await clusters.list()).find(({ name }) => name === spec.name),
      (found) => found?.state === state,
    );
  world.azure.faults.add({
    path: "/computes/",
    method: "PUT",
    fault: { kind: "hang-up", after: true },
  });
  expect(await clusters.create(spec)).toMatchObject({ ...spec, problems: [] });
  expect(await clusters.create(spec)).toMatchObject(spec);
  await expect(clusters.create({ ...spec, tier: "dedicated" })).rejects.toMatchObject({
    code: "conflict",
  });
  await settled("ready");
  const size = { minNodes: 1, maxNodes: 2, idleSeconds: 60 };
  expect(await clusters.resize(spec.name, size)).toMatchObject(size);
  await settled("ready");
  expect(await clusters.drain(spec.name)).toMatchObject({ minNodes: 0, maxNodes: 0 });
  await settled("ready");
  await clusters.remove(spec.name);
  await clusters.remove(spec.name);
  await until(
    () => clusters.list(),
    (all) => all.every(({ name }) => name !== spec.name),
  );
  expect((await clusters.list()).map(({ name }) => name)).toEqual([world.azure.settings.cluster]);
});

test("a cluster at work is not removed, and a drain leaves what runs its machines", async () => {
  const provider = world.open();
  const { clusters } = offers(provider);
  const forever = await world.python("import time\nwhile True: time.sleep(1)");
  const handle = await provider.start("att_busy", forever);
  const { cluster } = world.azure.settings;
  await until(
    () => clusters.list(),
    ([found]) => found?.nodes.running === 1,
  );
  await expect(clusters.remove(cluster)).rejects.toMatchObject({ code: "conflict" });
  expect(await clusters.drain(cluster)).toMatchObject({ minNodes: 0, maxNodes: 1 });
  await until(
    () => clusters.list(),
    ([found]) => found?.state === "ready",
  );
  await clusters.resize(cluster, { minNodes: 0, maxNodes: 8, idleSeconds: 120 });
  await provider.cancel(handle);
  await until(
    () => provider.observe([handle]),
    ([seen]) => seen?.kind === "cancelled",
  );
});

test("quotas and options come from the region; a size without quota is not offered", async () => {
  const { quotas, options } = offers(world.open());
  const all = await quotas.quotas();
  expect(all.length).toBeGreaterThan(1);
  expect(all.every(({ unit }) => unit === "cores")).toBe(true);
  const { instanceTypes, images } = await options.options();
  const { image, images: others } = world.azure.settings;
  expect(images).toEqual([image, ...others]);
  expect(instanceTypes).toContainEqual(
    expect.objectContaining({ name: "Standard_NC24ads_A100_v4", cpuCores: 24, gpus: 1 }),
  );
  world.azure.faults.add({ path: "/usages", times: null, fault: { kind: "quota-zero" } });
  expect((await options.options()).instanceTypes).toEqual([]);
});

test("a target that is well has no problem", async () => {
  expect(await offers(world.open()).preflight.check({ nodes: 2 })).toEqual([]);
});

type Trouble = readonly [
  sentence: string,
  kind: Problem["kind"],
  path: string,
  fault: Fault,
  says: RegExp,
];
const troubles: readonly Trouble[] = [
  [
    "a subscription nobody sees",
    "wrong-subscription",
    "/workspaces/",
    { kind: "wrong-subscription" },
    /subscription/,
  ],
  ["a missing role", "missing-role", "/workspaces/", { kind: "role-missing" }, /role|AzureML/],
  [
    "a credential that lapsed",
    "credential-expired",
    "/oauth2/",
    { kind: "expired-credential" },
    /AZURE_CLIENT_SECRET/,
  ],
  ["a quota of zero", "no-quota", "/usages", { kind: "quota-zero" }, /48 cores.* is 0/],
  [
    "a region without the machines",
    "region-without-sku",
    "/westeurope/vmSizes",
    { kind: "region-without-sku" },
    /not offered in westeurope: .* or a workspace in eastus, /,
  ],
  [
    "an Azure that does not answer",
    "unreachable",
    "/workspaces/",
    { kind: "html", status: 200 },
    /web page/,
  ],
];
test.for(troubles)("%s is told before anything starts", async ([, kind, path, fault, says]) => {
  const target = { ...world.azure.settings, machines: [] };
  const { preflight } = offers(world.open({ target }));
  world.azure.faults.add({ path, times: null, fault });
  const problems = await preflight.check({ nodes: 2 });
  expect(problems).toEqual([{ kind, message: expect.stringMatching(says) }]);
});

test("a job for spot machines is not run on dedicated ones, and a drained cluster is told as one to wait for", async () => {
  const { instanceType, tier, machines, ...unsaid } = world.azure.settings;
  expect([instanceType, tier, machines.length]).toEqual([
    "Standard_NC24ads_A100_v4",
    "dedicated",
    2,
  ]);
  const { preflight, clusters } = offers(world.open({ target: unsaid }));
  expect(await preflight.check({ nodes: 1, tier: "dedicated" })).toEqual([]);
  expect(await preflight.check({ nodes: 1, tier: "spot" })).toMatchObject([
    { kind: "other-tier", message: expect.stringMatching(/dedicated machines/) },
  ]);
  const [like] = await clusters.list();
  if (!like) throw new Error("the fake has a cluster");
  await clusters.create({ ...like, name: "emptied", minNodes: 0 });
  await until(
    async () => (await clusters.list()).find(({ name }) => name === "emptied")?.state,
    (state) => state === "ready",
  );
  await clusters.drain("emptied");
  const target = { ...world.azure.settings, cluster: "emptied" };
  const drained = await offers(world.open({ target })).preflight.check({ nodes: 1 });
  expect(drained).toMatchObject([{ kind: "cluster-drained" }]);
});

test("a cluster that is not there, and more nodes than one grows to, are told", async () => {
  const target = { ...world.azure.settings, cluster: "elsewhere" };
  expect(await offers(world.open({ target })).preflight.check({ nodes: 1 })).toMatchObject([
    { kind: "cluster-missing" },
  ]);
  const many = await offers(world.open()).preflight.check({ nodes: 9 });
  expect(many[0]).toMatchObject({ kind: "no-quota", message: expect.stringMatching(/8 nodes/) });
  const other = { ...world.azure.settings, workspace: "elsewhere" };
  expect(await offers(world.open({ target: other })).preflight.check({ nodes: 1 })).toMatchObject([
    { kind: "wrong-subscription", message: expect.stringMatching(/workspace elsewhere/) },
  ]);
});

test("an instance type nobody knows is refused when the cluster is asked for", async () => {
  const { clusters } = offers(world.open());
  const wrong = clusters.create({ ...spec, name: "wrong", instanceType: "Standard_Q1_v9" });
  await expect(wrong).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringMatching(/instance type/),
  });
});
