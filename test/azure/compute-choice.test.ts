import type { ComputeProvider, Observation } from "@preceptor/compute";
import { until, untilEnded, untilKind } from "@preceptor/compute/contract";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { azureWorld, type AzureWorld } from "./compute-world.ts";

vi.setConfig({ testTimeout: 60_000 });

const [a100, h100] = ["Standard_NC24ads_A100_v4", "Standard_NC40ads_H100_v5"];

let world: AzureWorld;
beforeAll(async () => {
  world = await azureWorld();
});
afterAll(() => world.close());
beforeEach(() => world.azure.faults.clear());

const Body = z.object({ properties: z.record(z.string(), z.unknown()) });
/** The body the attempt's job was made with. */
function sent(attemptId: string): Record<string, unknown> {
  const put = world.azure.requests.findLast(
    ({ method, url }) => method === "PUT" && url.includes(`/jobs/${attemptId}`),
  );
  if (!put) throw new Error(`Azure was sent no job ${attemptId}`);
  return Body.parse(put.requestBody).properties;
}

async function run(
  attemptId: string,
  wish: { tier?: "dedicated" | "spot"; instanceType?: string; image?: string },
): Promise<Observation> {
  const provider = world.open();
  const handle = await provider.start(attemptId, await world.python("print('ran')", wish));
  return untilEnded(provider, handle);
}

test("a job that names nothing runs on the cluster, with neither machines nor queue in its body", async () => {
  expect(await run("att_plain", {})).toMatchObject({ kind: "succeeded" });
  const body = sent("att_plain");
  expect(body["computeId"]).toMatch(/\/computes\/[\w-]+$/);
  expect(body).not.toHaveProperty("queueSettings");
  expect(body["resources"]).toEqual({ instanceCount: 1, shmSize: "8g" });
});

test.for([
  ["dedicated", h100, "Standard"],
  ["spot", a100, "Spot"],
] as const)(
  "%s %s without a cluster are started for the job alone",
  async ([tier, instanceType, jobTier]) => {
    const id = `att_alone-${tier}`;
    expect(await run(id, { tier, instanceType })).toMatchObject({ kind: "succeeded" });
    const body = sent(id);
    expect(body).not.toHaveProperty("computeId");
    expect(body).toMatchObject({
      queueSettings: { jobTier },
      resources: { instanceType, instanceCount: 1 },
    });
  },
);

test("an image that is named is an environment of its own, and a job runs in it", async () => {
  const [image] = world.azure.settings.images;
  expect(await run("att_image", { image: image ?? "" })).toMatchObject({ kind: "succeeded" });
  const environmentId = String(sent("att_image")["environmentId"]);
  expect(environmentId).not.toBe(sent("att_plain")["environmentId"]);
  const name = environmentId.split("/").at(-3) ?? "";
  const made = world.azure.requests.findLast(
    ({ method, url }) => method === "PUT" && url.includes(`/environments/${name}/`),
  );
  expect(made?.requestBody).toMatchObject({ properties: { image } });
});

test("what the settings no longer offer is an attempt that failed, with what to choose, and no job", async () => {
  const target = { ...world.azure.settings, machines: [] };
  const provider = world.open({ target });
  const spec = await world.python("print()", { instanceType: h100 });
  const handle = await provider.start("att_gone", spec);
  expect(await untilEnded(provider, handle)).toMatchObject({
    cause: "start-refused",
    message: expect.stringMatching(/no Standard_NC40ads_H100_v5 for jobs on this target: choose/),
  });
  expect(() => sent("att_gone")).toThrow("no job att_gone");
});

test("serverless machines taken back: the attempt is preempted, and over", async () => {
  const provider = world.open();
  const spec = await world.python("import time\nwhile True: time.sleep(0.2)", { tier: "spot" });
  const handle = await provider.start("att_taken", spec);
  await untilKind(provider, handle, "running");
  world.azure.preempt("att_taken", "fail", 0);
  expect(await untilEnded(provider, handle)).toMatchObject({ kind: "preempted" });
});

function offers(provider: ComputeProvider) {
  const { options, preflight } = provider.capabilities;
  if (!options || !preflight) throw new Error("it offers less");
  return { options, preflight };
}

test("the options say of each choice what it is, how much of it is free, and what stands against it", async () => {
  const { settings } = world.azure;
  const machines = [...settings.machines, { instanceType: a100, tier: "spot", cluster: "nowhere" }];
  const target = { ...settings, machines: machines.slice(1) } as typeof settings;
  const provider = world.open({ target });
  const { options } = offers(provider);
  expect((await options.options()).machines).toMatchObject([
    // 400 cores of quota are sixteen nodes; the cluster grows to eight.
    { instanceType: a100, tier: "dedicated", cluster: settings.cluster, freeNodes: 8 },
    { instanceType: h100, tier: "dedicated", cluster: null, freeNodes: 10, problem: null },
    { cluster: "nowhere", freeNodes: 0, problem: expect.stringMatching(/no cluster nowhere/) },
  ]);
  const [first] = (await options.options()).machines;
  expect(first?.size).toMatchObject({ cpuCores: 24, gpus: 1, memoryBytes: 220 * 2 ** 30 });

  const spec = await world.python("import time\nwhile True: time.sleep(0.2)", {
    instanceType: h100,
    nodes: 2,
  });
  const handle = await provider.start("att_holds", spec);
  await until(
    () => options.options(),
    (now) => now.machines[1]?.freeNodes === 8,
  );
  await provider.cancel(handle);
  await untilEnded(provider, handle);
});

const troubles = [
  ["machines nobody allows", { instanceType: "Standard_E8s_v3" }, {}, "not-offered", /choose/],
  ["an image nobody allows", { image: "a/b:1" }, {}, "not-offered", /no image a\/b:1 for jobs/],
  ["a tier they do not have", { tier: "spot", instanceType: h100 }, {}, "other-tier", /only/],
  ["more cores than the quota", { nodes: 11, instanceType: h100 }, {}, "no-quota", /440 cores/],
  [
    "machines the region does not have",
    { instanceType: h100 },
    { fault: "region-without-sku" },
    "region-without-sku",
    /not offered in westeurope/,
  ],
  [
    "machines that are no machines of Azure's",
    { instanceType: "Gigantic" },
    { machines: [{ instanceType: "Gigantic", tier: "dedicated", cluster: null }] },
    "unknown-instance-type",
    /Gigantic is no instance type/,
  ],
  [
    "machines whose name only looks like one of Azure's",
    { instanceType: "Standard_NC24ads_A1000_v4" },
    { machines: [{ instanceType: "Standard_NC24ads_A1000_v4", tier: "dedicated", cluster: null }] },
    "unknown-instance-type",
    /neither in westeurope nor in other large regions: check its spelling/,
  ],
  [
    "a cluster of another tier than the settings say",
    { tier: "spot" },
    { tier: "spot", machines: [] },
    "other-tier",
    /settings say spot/,
  ],
  [
    "a cluster of other machines than the settings say",
    { instanceType: h100 },
    { instanceType: h100, machines: [] },
    "other-machine",
    /has machines of Standard_NC24ads_A100_v4/,
  ],
] as const;
test.for(troubles)("%s are told before anything starts", async ([, wish, change, kind, says]) => {
  const { fault, ...settings } = { fault: undefined, ...change };
  const path = "/westeurope/vmSizes";
  if (fault) world.azure.faults.add({ path, times: null, fault: { kind: fault } });
  const target = { ...world.azure.settings, ...settings };
  const { preflight } = offers(world.open({ target }));
  const problems = await preflight.check({ nodes: 1, tier: "dedicated", ...wish });
  expect(problems).toMatchObject([{ kind, message: expect.stringMatching(says) }]);
});

test("asked for no job in particular, everything that may be chosen is looked at", async () => {
  const { settings } = world.azure;
  expect(await offers(world.open()).preflight.check({ nodes: 8 })).toEqual([]);
  const lost = { instanceType: h100, tier: "spot", cluster: "nowhere" } as const;
  const target = { ...settings, machines: [...settings.machines, lost] };
  expect(await offers(world.open({ target })).preflight.check({ nodes: 8 })).toMatchObject([
    { kind: "cluster-missing", message: expect.stringMatching(/nowhere/) },
  ]);
});
