import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { computeProviders } from "@preceptor/compute";
import { attempt, audit } from "@preceptor/db";
import { DomainError, JobSpec } from "@preceptor/domain";
import { blobName, type ObjectStore } from "@preceptor/storage";
import { asc } from "drizzle-orm";
import { expect, test } from "vitest";
import { getJob, submitJob, validateJob } from "../job/index.ts";
import { aCloud, aWorld, cloudSettings, newId } from "../testing/index.ts";
import { transaction } from "../transaction.ts";
import {
  checkComputeTarget,
  defineComputeTarget,
  getComputeTarget,
  listComputeTargets,
  readCapacity,
  readOptions,
  readQuotas,
  removeComputeTarget,
} from "./index.ts";

const definition = { name: "cloud", provider: "azure-ml" as const, settings: cloudSettings };
const local = { maxNodes: 1, maxProcessesPerNode: 1, diskQuotaBytes: 1e9, logLimitBytes: 1e6 };
const target = "cloud";
async function aHospital() {
  const world = await aWorld();
  const place = aCloud();
  const [operator, engineer] = [
    { ...(await world.aMember("Olga", "operator")), compute: place.compute, serving: new Map() },
    { ...(await world.aMember("Ada", "engineer")), compute: place.compute, serving: new Map() },
  ];
  await defineComputeTarget(operator, definition);
  /** What the audit log says was done, oldest first. */
  const done = async () =>
    (await world.ownerDb.select().from(audit).orderBy(asc(audit.seq))).map((row) => row.action);
  return { world, ...place, operator, engineer, done };
}
/** Two spot nodes for at most ten hours; its code is in storage. */
async function aSpec(
  ctx: { store: ObjectStore; caller: { organizationId: string } },
  limits: object,
): Promise<JobSpec> {
  const program = "print(1)\n";
  const sha256 = createHash("sha256").update(program).digest("hex");
  await ctx.store.put(blobName(ctx.caller.organizationId, sha256), Readable.from([program]));
  return JobSpec.parse({
    name: "train",
    kind: "pretrain",
    code: {
      command: ["python", "a.py"],
      files: [{ path: "a.py", sha256, sizeBytes: program.length }],
    },
    compute: { target, nodes: 2, tier: "spot" },
    limits: { timeout: "PT10H", maxAttempts: 2, ...limits },
  });
}

test("an operator defines a target, everybody sees it, and only an operator changes it", async () => {
  const { operator, engineer, reached } = await aHospital();
  expect(await getComputeTarget(engineer, { target })).toMatchObject({
    name: "cloud",
    settings: cloudSettings,
  });
  expect(await listComputeTargets(engineer)).toHaveLength(1);
  await expect(defineComputeTarget(engineer, definition)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(
    defineComputeTarget(operator, { ...definition, provider: "local", settings: local }),
  ).rejects.toMatchObject({ code: "conflict", field: "provider" });

  expect(await readCapacity(engineer, { target })).toMatchObject({ gpus: 8 });
  expect(await readQuotas(engineer, { target })).toMatchObject([{ used: 24, limit: 96 }]);
  expect(await readOptions(engineer, { target })).toBeNull();
  expect(reached).toHaveLength(1);
  await defineComputeTarget(operator, {
    ...definition,
    settings: { ...cloudSettings, maxNodes: 9 },
  });
  await readCapacity(engineer, { target });
  expect(reached.map(({ settings }) => settings.maxNodes)).toEqual([4, 9]);
});

test("what would keep a job from starting is told; so is a server that cannot reach the target at all", async () => {
  const { engineer, cloud } = await aHospital();
  expect(await checkComputeTarget(engineer, { target })).toEqual([]);
  cloud.problems = [{ kind: "no-quota", message: "The quota is 0 cores. Ask for more." }];
  expect(await checkComputeTarget(engineer, { target, nodes: 1 })).toEqual(cloud.problems);

  const blind = {
    ...engineer,
    compute: computeProviders({
      "azure-ml": () => Promise.reject(new DomainError("unavailable", "There is no credential.")),
    }),
  };
  expect(await checkComputeTarget(blind, { target })).toEqual([
    { kind: "unreachable", message: "There is no credential." },
  ]);
  await expect(readCapacity(blind, { target })).rejects.toThrow("There is no credential.");
});

test("while a job is under way its target stays where it is; its price stays the job's, whatever the list says later", async () => {
  const { operator, engineer } = await aHospital();
  const made = await submitJob(engineer, {
    spec: await aSpec(engineer, { maxCost: { amount: 100, currency: "USD" } }),
    idempotencyKey: "key-number-1",
  });
  expect(made.cost).toEqual({ amount: 0, currency: "USD" });

  const { azure } = cloudSettings;
  const moved = { ...azure, workspace: "ml-other" };
  await expect(
    defineComputeTarget(operator, { ...definition, settings: { ...cloudSettings, azure: moved } }),
  ).rejects.toMatchObject({ code: "conflict", field: "settings" });
  await expect(removeComputeTarget(operator, { target })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("1 job"),
  });

  const dearer = { ...azure, prices: azure.prices.map((p) => ({ ...p, perNodeHour: 1000 })) };
  await defineComputeTarget(operator, {
    ...definition,
    settings: { ...cloudSettings, azure: dearer },
  });
  const [start, end] = [new Date("2026-05-01T10:00:00Z"), new Date("2026-05-01T12:30:00Z")];
  await transaction(engineer, (tx) =>
    tx.insert(attempt).values({
      id: newId("attempt"),
      organizationId: engineer.caller.organizationId,
      jobId: made.id,
      number: 1,
      fencingToken: 1,
      status: "preempted",
      tokenHash: "-",
      tokenExpiresAt: end,
      startedAt: start,
      endedAt: end,
    }),
  );
  // 2.5 hours, 2 nodes, 9 USD.
  expect((await getJob(engineer, { id: made.id })).cost).toEqual({ amount: 45, currency: "USD" });
});

test("a limit in money is accepted where it can be kept, and what a job may come to is told before", async () => {
  const { operator, engineer } = await aHospital();
  const limited = await aSpec(engineer, { maxCost: { amount: 100, currency: "USD" } });
  expect(await validateJob(engineer, { spec: limited })).toMatchObject({
    ok: true,
    cost: { anAttempt: { amount: 180, currency: "USD" }, atMost: { amount: 100, currency: "USD" } },
  });
  const { azure } = cloudSettings;
  const settings = { ...cloudSettings, azure: { ...azure, prices: azure.prices.slice(0, 1) } };
  await defineComputeTarget(operator, { ...definition, settings });
  expect(await validateJob(engineer, { spec: limited })).toMatchObject({
    ok: false,
    issues: [
      { field: "limits.maxCost", message: expect.stringContaining("no price for the tier spot") },
    ],
  });
});

test("a job gets the machines and image it names, at their price; what the target does not offer is refused by field", async () => {
  const { operator, engineer } = await aHospital();
  const { azure } = cloudSettings;
  const [dedicated] = azure.prices;
  const h100 = { instanceType: "Standard_H100", tier: "dedicated" as const };
  const choice = {
    ...azure,
    instanceType: "Standard_A100",
    tier: "spot" as const,
    machines: [{ ...h100, cluster: null }],
    images: ["registry.example.org/trainer:2"],
    prices: [...azure.prices, { ...dedicated!, ...h100, perNodeHour: 98 }],
  };
  await defineComputeTarget(operator, {
    ...definition,
    settings: { ...cloudSettings, azure: choice },
  });
  const { compute, ...spec } = await aSpec(engineer, {});
  const wish = { ...compute, ...h100, image: "registry.example.org/trainer:2" };
  const made = await submitJob(engineer, {
    spec: { ...spec, compute: wish },
    idempotencyKey: "key-number-2",
  });
  expect(made.machine).toEqual({ ...h100, image: wish.image });
  expect(await validateJob(engineer, { spec: { ...spec, compute: wish } })).toMatchObject({
    ok: true,
    cost: { anAttempt: { amount: 1960, currency: "USD" } },
  });

  const wrong = { ...spec, compute: { ...wish, tier: "spot" as const, image: "other/image:1" } };
  expect(await validateJob(engineer, { spec: wrong })).toMatchObject({
    ok: false,
    issues: [{ field: "compute.tier" }, { field: "compute.image" }],
  });
  await expect(
    submitJob(engineer, { spec: wrong, idempotencyKey: "key-number-3" }),
  ).rejects.toMatchObject({ code: "invalid", field: "compute.tier" });
});

test("a target nothing names is removed, and the log says so", async () => {
  const { operator, engineer, done } = await aHospital();
  await expect(removeComputeTarget(engineer, { target })).rejects.toMatchObject({
    code: "forbidden",
  });
  await removeComputeTarget(operator, { target });
  await expect(getComputeTarget(operator, { target })).rejects.toMatchObject({ code: "not-found" });
  expect(await done()).toEqual(["compute-target.define", "compute-target.remove"]);
});
