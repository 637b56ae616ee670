import type { Handle } from "@preceptor/compute";
import { until } from "@preceptor/compute/contract";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { azureWorld, type AzureWorld } from "./compute-world.ts";

vi.setConfig({ testTimeout: 60_000 });

const count = 40;
const pageSize = 10;
let world: AzureWorld;
let handles: Handle[];
beforeAll(async () => {
  world = await azureWorld({ record: true, pageSize, jobs: "pretend" });
  const provider = world.open();
  const spec = await world.python("print()");
  const names = Array.from({ length: count }, (_, index) => `att_many-${index}`);
  handles = [await provider.start("att_first", spec)];
  handles.push(...(await Promise.all(names.slice(1).map((name) => provider.start(name, spec)))));
}, 60_000);
afterAll(() => world.close());

const reads = () => world.azure.requests.filter(({ method }) => method === "GET").length;

test("many attempts, asked for one by one and all at once, cost one list", async () => {
  const provider = world.open();
  const before = reads();
  const all = await Promise.all([
    provider.observe(handles),
    ...handles.map((handle) => provider.observe([handle])),
  ]);
  expect(all.flat().map(({ kind }) => kind)).toEqual(Array(2 * count).fill("running"));
  expect(reads() - before).toBeLessThanOrEqual(count / pageSize + 1);
  await Promise.all(handles.map((handle) => provider.observe([handle])));
  expect(reads() - before).toBeLessThanOrEqual(count / pageSize + 1);
});

test("a worker that comes to know them one after another does not ask for each", async () => {
  const provider = world.open();
  const before = reads();
  for (const handle of handles.toReversed())
    expect(await provider.observe([handle])).toMatchObject([{ kind: "running" }]);
  expect(reads() - before).toBeLessThanOrEqual(2 * (count / pageSize + 1));
});

test("what has ended is never read again", async () => {
  const provider = world.open();
  const first = handles.slice(0, 3);
  for (const handle of first) await provider.cancel(handle);
  await until(
    () => provider.observe(first),
    (seen) => seen.every(({ kind }) => kind === "cancelled"),
  );
  const before = reads();
  for (let look = 0; look < 5; look++) await provider.observe(first);
  expect(reads()).toBe(before);
});

test("an attempt its list does not show yet is asked for alone, and is not gone", async () => {
  world.azure.faults.add({
    path: "/jobs\\?",
    method: "GET",
    times: null,
    fault: { kind: "lag", ms: 3_600_000 },
  });
  const provider = world.open();
  const [last] = handles.slice(-1);
  if (!last) throw new Error("unreachable");
  expect(await provider.observe([last])).toMatchObject([{ kind: "running" }]);
  world.azure.faults.clear();
});

test("while lists fail nobody is asked for alone, and everybody is unknown", async () => {
  world.azure.faults.add({
    path: "/jobs\\?",
    method: "GET",
    times: null,
    fault: { kind: "broken-json" },
  });
  const provider = world.open();
  const before = reads();
  const seen = await provider.observe(handles.slice(10));
  expect(new Set(seen.map(({ kind }) => kind))).toEqual(new Set(["unknown"]));
  expect(reads() - before).toBe(1);
  world.azure.faults.clear();
});

test("a target pointed at another workspace does not call its former attempts gone", async () => {
  const [first] = handles;
  if (!first) throw new Error("unreachable");
  const before = reads();
  const elsewhere = { ...first, data: { workspace: "s/g/former" } };
  expect(await world.open().observe([elsewhere])).toMatchObject([{ kind: "unknown" }]);
  await world.open().cancel(elsewhere);
  expect(reads()).toBe(before);
});
