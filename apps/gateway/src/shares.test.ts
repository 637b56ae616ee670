import { deployment, servedRequest } from "@preceptor/db";
import { eq } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { anUpstream } from "./testing/upstream.ts";
import { aGateway, anApiKey, aServedModel, aWorld } from "./testing/world.ts";

const ask = (address: string, key: string, content = "hello", stream = false) =>
  fetch(`${address}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({
      model: "discharge-summary",
      messages: [{ role: "user", content }],
      stream,
    }),
  });

/** Two approved models of one purpose, each with a server of its own: one routed, one with this part. */
async function aPair(part: { share: number; mirror?: number }) {
  const world = await aWorld();
  const [blue, green] = [await anUpstream(), await anUpstream()];
  const routed = await aServedModel(world, blue.endpoint, "meridian-notes");
  const canary = await aServedModel(world, green.endpoint, "meridian-next", {
    routed: false,
    ...part,
  });
  const key = await anApiKey(world);
  const rows = (count: number) =>
    vi.waitUntil(async () => {
      const found = await world.ownerDb.select().from(servedRequest);
      return found.length >= count && found;
    }, 10_000);
  return { world, blue, green, routed, canary, key, rows };
}

it("gives each deployment its share of the requests, and the usage says which one answered", async () => {
  const { world, blue, green, routed, canary, key, rows } = await aPair({ share: 25 });
  const numbers = Array.from({ length: 20 }, (_, n) => (n + 0.5) / 20);
  const { address } = await aGateway(world, { random: () => numbers.pop() ?? 0 });
  const digests: (string | null)[] = [];
  for (let n = 0; n < 20; n += 1)
    digests.push((await ask(address, key)).headers.get("x-preceptor-digest"));
  expect([blue.seen.length, green.seen.length]).toEqual([15, 5]);
  expect(digests.filter((digest) => digest === canary.model.digest)).toHaveLength(5);
  const used = await rows(20);
  expect(used.every(({ kind, keyId }) => kind === "answered" && keyId !== null)).toBe(true);
  const of = (id: string): number => used.filter((row) => row.deploymentId === id).length;
  expect([of(routed.deploymentId), of(canary.deploymentId)]).toEqual([15, 5]);

  const models = await fetch(`${address}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(await models.json()).toMatchObject({
    data: [{ preceptor: { digest: routed.model.digest, canaries: [{ percent: 25 }] } }],
  });
});

it.each([
  ["is gone", (green: { close(): Promise<void> }) => green.close(), "hello", 200, 503],
  ["answers with an error", async () => {}, "status 500", 502, 502],
])(
  "lets the routed one answer when the canary %s, and keeps that apart from the customer's usage",
  async (_name, breaks, content, status, canaryStatus) => {
    const { world, blue, green, routed, canary, key, rows } = await aPair({ share: 99 });
    const { address } = await aGateway(world, { random: () => 0 });
    await breaks(green);
    const response = await ask(address, key, content);
    expect(response.status).toBe(status);
    expect(response.headers.get("x-preceptor-digest")).toBe(routed.model.digest);
    expect(blue.seen).toHaveLength(1);
    const used = await rows(2);
    expect(used.find(({ kind }) => kind === "passed-on")).toMatchObject({
      deploymentId: canary.deploymentId,
      keyId: null,
      status: canaryStatus,
    });
    expect(used.find(({ kind }) => kind === "answered")).toMatchObject({
      deploymentId: routed.deploymentId,
      status,
    });
  },
);

it.each([
  ["is not healthy", { status: "unhealthy" as const }],
  ["has no address yet", { endpoint: null }],
  ["is another model than was approved", { purpose: "triage" }],
])("never chooses a canary that %s", async (_name, changed) => {
  const { world, blue, green, canary, key } = await aPair({ share: 99 });
  await world.ownerDb.update(deployment).set(changed).where(eq(deployment.id, canary.deploymentId));
  const { address } = await aGateway(world, { random: () => 0 });
  expect((await ask(address, key)).status).toBe(200);
  expect([blue.seen.length, green.seen.length]).toEqual([1, 0]);
});

it("refuses a shadow an answer, whatever its row says", async () => {
  const { world, routed, canary, key } = await aPair({ share: 99 });
  for (const { deploymentId } of [routed, canary])
    await world.ownerDb
      .update(deployment)
      .set({ stage: "shadow" })
      .where(eq(deployment.id, deploymentId));
  const { address, logged } = await aGateway(world);
  expect((await ask(address, key)).status).toBe(404);
  expect(logged.join("")).toMatch(/route refused/);
});

it.each([false, true])(
  "copies requests, and throws the answers away (stream %s)",
  async (stream) => {
    const { world, blue, green, routed, canary, key, rows } = await aPair({ share: 0, mirror: 50 });
    const { address, logged } = await aGateway(world, { random: () => 0.49 });
    const response = await ask(address, key, "Mrs Smith", stream);
    expect(response.headers.get("x-preceptor-digest")).toBe(routed.model.digest);
    expect(await response.text()).toContain(stream ? "lo ü" : "Hallo");
    const used = await rows(2);
    expect(green.seen).toMatchObject([{ body: blue.seen[0]?.body }]);
    expect(used.find(({ kind }) => kind === "mirrored")).toMatchObject({
      deploymentId: canary.deploymentId,
      keyId: null,
      promptTokens: null,
      status: 200,
    });
    expect(used.filter(({ kind }) => kind === "answered")).toMatchObject([
      { deploymentId: routed.deploymentId, promptTokens: 7 },
    ]);
    expect(logged.join("")).not.toMatch(/Smith|Hallo/);
  },
);

it("answers as fast and as well when a mirror never answers, and makes no more copies than may be", async () => {
  const { world, blue, green, key } = await aPair({ share: 0, mirror: 50 });
  const { app, address } = await aGateway(world, { random: () => 0 });
  // The mirror's server takes copies and is silent about all of them.
  green.silent = true;
  for (let n = 0; n < 40; n += 1) expect((await ask(address, key)).status).toBe(200);
  expect(blue.seen).toHaveLength(40);
  await vi.waitUntil(() => green.seen.length === 16, 5000);
  const metrics = await (await fetch(`${address}/metrics`)).text();
  expect(metrics).toMatch(/gateway_copies_dropped_total\{[^}]*\} 24/);
  // Nor do they hold the process when it ends.
  const began = performance.now();
  await app.close();
  expect(performance.now() - began).toBeLessThan(2000);
});
