import { computeProviders, type ComputeProvider, type Observation } from "@preceptor/compute";
import { attempt, job } from "@preceptor/db";
import { ABANDON_AFTER_MS } from "@preceptor/domain";
import { abandonJob, listAudit } from "@preceptor/services";
import { aComputeTarget, aRunningJob, aWorld } from "@preceptor/services/testing";
import { servingProviders } from "@preceptor/serving";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { startEndingAbandoned } from "./abandoned.ts";
import { until } from "./testing/index.ts";

test("what was abandoned in an outage is asked to stop when its target answers, and its end is told once", async () => {
  const world = await aWorld();
  const { jobId, attemptId } = await aRunningJob(world, await aComputeTarget(world));
  const other = await aRunningJob(world, await aComputeTarget(world, "other"));
  const longAgo = new Date(Date.now() - ABANDON_AFTER_MS - 60_000);
  await world.ownerDb.update(attempt).set({ createdAt: longAgo, lastObservedAt: null });
  const olga = await world.aMember("Olga", "operator");
  await abandonJob(olga, { id: jobId, reason: "The region is down for good." });

  let says: Observation = { kind: "unknown", message: "It does not answer.", outage: true };
  const asked: string[] = [];
  const cancelled: string[] = [];
  const released: string[] = [];
  const cluster: ComputeProvider = {
    name: "local",
    start: async () => Promise.reject(new Error("nothing starts here")),
    async observe(handles) {
      asked.push(...handles.map((handle) => handle.attemptId));
      return handles.map(() => says);
    },
    async cancel(handle) {
      cancelled.push(handle.attemptId);
      says = { kind: "cancelled" };
    },
    listProduced: async () => [],
    readProduced: async () => Promise.reject(new Error("nothing is produced here")),
    release: async (handle) => void released.push(handle.attemptId),
    capabilities: {},
  };
  const { caller: _, ...rest } = world.system;
  const base = {
    ...rest,
    compute: computeProviders({ local: () => cluster }),
    serving: servingProviders({}),
  };
  for (let n = 0; n < 2; n++) {
    const worker = startEndingAbandoned({ base, everyMs: 20 });
    onTestFinished(() => worker.stop());
  }
  await until(
    async () => asked.length,
    (count) => count > 4,
  );
  expect(cancelled).toEqual([]);

  says = { kind: "running", processes: [], usage: null };
  await until(
    async () => released.length,
    (count) => count > 0,
  );
  expect(new Set([...asked, ...cancelled])).toEqual(new Set([attemptId]));
  expect(released).toEqual([attemptId]);
  const [row] = await world.ownerDb.select().from(job).where(eq(job.id, jobId));
  expect(row).toMatchObject({ status: "failed", reason: "silent" });
  expect(row?.message).toMatch(/^Abandoned by Olga: .* nothing of it runs there any more\.$/);
  const { items } = await listAudit(olga, { noun: "job", nounId: jobId, limit: 10 });
  expect(items.map(({ action }) => action)).toEqual(["job.abandoned-ended", "job.abandon"]);
  const [untouched] = await world.ownerDb.select().from(job).where(eq(job.id, other.jobId));
  expect(untouched?.status).toBe("running");
});
