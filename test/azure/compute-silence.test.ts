import { advance, type AttemptObservation, type JobDecision } from "@preceptor/domain";
import { untilKind } from "@preceptor/compute/contract";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { azureWorld, type AzureWorld } from "./compute-world.ts";

vi.setConfig({ testTimeout: 60_000 });

let world: AzureWorld;
beforeAll(async () => {
  world = await azureWorld({ jobs: "pretend" });
}, 60_000);
afterAll(() => world.close());
beforeEach(() => world.azure.faults.clear());

const lists = { path: "/jobs\\?", method: "GET", times: null };
const alone = (id: string) => ({ path: `/jobs/${id}\\?`, method: "GET", times: null });

/** What is made of it for an attempt that was heard so many minutes ago. */
const decide = (seen: AttemptObservation | undefined, minutes: number): JobDecision["kind"] =>
  advance(
    { status: "unknown", attemptCount: 1, maxAttempts: 3, cost: null },
    { lastHeardAt: new Date(Date.now() - minutes * 60_000), hasHandle: true },
    seen ?? null,
    new Date(),
  ).kind;

async function aRunning(id: string) {
  const provider = world.open();
  const handle = await provider.start(id, await world.python("print()"));
  await untilKind(provider, handle, "running");
  return handle;
}

test("lists that fail say nothing of a job, and asked alone it runs", async () => {
  const handle = await aRunning("att_listless");
  world.azure.faults.add({ ...lists, fault: { kind: "broken-json" } });
  const provider = world.open();
  const [listed] = await provider.observe([handle]);
  expect(listed).toMatchObject({ kind: "unknown", outage: true });
  expect(decide(listed, 600)).toBe("wait");
  expect(await provider.observe([handle], "alone")).toMatchObject([{ kind: "running" }]);
  // Many who ask so in one second are not all asked for.
  const many = await provider.observe(
    Array.from({ length: 40 }, () => handle),
    "alone",
  );
  expect(many.filter(({ kind }) => kind === "unknown").length).toBeGreaterThan(0);
});

test("nothing of a place whose credential lapsed is ever given up, however it is asked", async () => {
  const handle = await aRunning("att_locked");
  world.azure.faults.add({ path: "/jobs", times: null, fault: { kind: "expired-credential" } });
  const provider = world.open();
  for (const how of [undefined, "alone"] as const) {
    const [seen] = await provider.observe([handle], how);
    expect(seen).toMatchObject({
      kind: "unknown",
      outage: true,
      message: expect.stringMatching(/nothing is stopped or begun anew until Azure answers/),
    });
    expect(decide(seen, 10_000)).toBe("wait");
  }
});

test("a job that alone does not answer, while its list leaves it out, is given up after the target's patience", async () => {
  const handle = await aRunning("att_mute");
  world.azure.faults.add({ ...lists, fault: { kind: "lag", ms: 3_600_000 } });
  world.azure.faults.add({ ...alone("att_mute"), fault: { kind: "html" } });
  const provider = world.open();
  await provider.observe([handle]);
  const [seen] = await provider.observe([handle], "alone");
  expect(seen).toMatchObject({ kind: "unknown", patienceMs: 2 * 3_600_000 });
  expect(seen).not.toHaveProperty("outage");
  expect(decide(seen, 119)).toBe("wait");
  expect(decide(seen, 121)).toBe("fence");
});

test("a word that tells nothing counts from when it was noted, by whichever worker", async () => {
  const handle = await aRunning("att_mumbling");
  const fault = { kind: "status-word", word: "NotResponding" } as const;
  world.azure.faults.add({ path: "/jobs", method: "GET", times: null, fault });
  const [first] = await world.open().observe([handle]);
  expect(decide(first, 600)).toBe("wait");
  expect(first?.note).toMatchObject({ phase: "unknown" });
  const since = new Date(Date.now() - 121 * 60_000).toISOString();
  const noted = { ...handle, data: { ...handle.data, phase: "unknown", since } };
  const [later] = await world.open().observe([noted]);
  expect(later?.note).toMatchObject({ since });
  expect(decide(later, 0)).toBe("fence");
});
