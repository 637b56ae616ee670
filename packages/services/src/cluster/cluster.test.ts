import { audit } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { asc } from "drizzle-orm";
import { expect, test } from "vitest";
import { defineComputeTarget } from "../compute-target/index.ts";
import { aCloud, aWorld, cloudSettings } from "../testing/index.ts";
import {
  createCluster,
  drainCluster,
  listClusters,
  removeCluster,
  resizeCluster,
} from "./index.ts";

const of = { target: "cloud", cluster: "a100" };
const wanted = {
  ...of,
  instanceType: "Standard_A100",
  tier: "spot" as const,
  minNodes: 0,
  maxNodes: 4,
  idleSeconds: 600,
  subnet: null,
  identity: null,
};

async function anOperator() {
  const world = await aWorld();
  const place = aCloud();
  const providers = { compute: place.compute, serving: new Map() };
  const operator = { ...(await world.aMember("Olga", "operator")), ...providers };
  const engineer = { ...(await world.aMember("Ada", "engineer")), ...providers };
  await defineComputeTarget(operator, {
    name: "cloud",
    provider: "azure-ml",
    settings: cloudSettings,
  });
  /** What the log says of clusters, oldest first. */
  const said = async () => {
    const rows = await world.ownerDb.select().from(audit).orderBy(asc(audit.seq));
    return rows.filter((row) => row.noun === "cluster").map((row) => row.action);
  };
  return { world, ...place, operator, engineer, said };
}

test("a cluster is created, resized, drained and removed; each is asked and answered in the log", async () => {
  const { operator, engineer, said, cloud } = await anOperator();
  expect(await createCluster(operator, wanted)).toMatchObject({ name: "a100", state: "creating" });
  const larger = { ...of, minNodes: 1, maxNodes: 8, idleSeconds: 120 };
  expect(await resizeCluster(operator, larger)).toMatchObject({ minNodes: 1, maxNodes: 8 });
  expect(await drainCluster(operator, of)).toMatchObject({ maxNodes: 0 });
  expect(await listClusters(engineer, { target: "cloud" })).toMatchObject([{ name: "a100" }]);
  await removeCluster(operator, of);
  expect(await listClusters(operator, { target: "cloud" })).toEqual([]);
  expect(await said()).toEqual([
    "cluster.create",
    "cluster.create-accepted",
    "cluster.resize",
    "cluster.resize-accepted",
    "cluster.drain",
    "cluster.drain-accepted",
    "cluster.remove",
    "cluster.remove-accepted",
  ]);
  expect(cloud.asked).toEqual(["create a100", "resize a100", "drain a100", "remove a100"]);
});

test("who is no operator changes nothing, and nothing is asked of the provider", async () => {
  const { engineer, said, cloud } = await anOperator();
  for (const change of [
    createCluster(engineer, wanted),
    resizeCluster(engineer, { ...of, minNodes: 0, maxNodes: 1, idleSeconds: 60 }),
    drainCluster(engineer, of),
    removeCluster(engineer, of),
  ])
    await expect(change).rejects.toMatchObject({ code: "forbidden" });
  expect([await said(), cloud.asked]).toEqual([[], []]);
});

test("a refusal is the provider's own words; an answer nobody understands is told as doubt, and both are in the log", async () => {
  const { operator, said, cloud } = await anOperator();
  cloud.failure = new DomainError("quota-exceeded", "The quota of the family is 0 cores.");
  await expect(createCluster(operator, wanted)).rejects.toMatchObject({
    code: "quota-exceeded",
    message: "The quota of the family is 0 cores.",
  });
  cloud.failure = new Error("socket hang up: Bearer eyJhbGciOi");
  const doubt = await createCluster(operator, wanted).catch((error: unknown) => error);
  expect(doubt).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("may have been made"),
  });
  expect(String(doubt)).not.toContain("Bearer");
  expect(await said()).toEqual([
    "cluster.create",
    "cluster.create-refused",
    "cluster.create",
    "cluster.create-unanswered",
  ]);
});

test("a size that contradicts itself is refused by its field, and a target without clusters by its name", async () => {
  const { operator, compute } = await anOperator();
  await expect(createCluster(operator, { ...wanted, minNodes: 5 })).rejects.toMatchObject({
    issues: [{ path: ["minNodes"] }],
  });
  const bare = {
    ...operator,
    compute: {
      forTarget: async (target: Parameters<typeof compute.forTarget>[0]) => ({
        ...(await compute.forTarget(target)),
        capabilities: {},
      }),
    },
  };
  await expect(listClusters(bare, { target: "cloud" })).rejects.toMatchObject({
    code: "invalid",
    field: "target",
  });
});
