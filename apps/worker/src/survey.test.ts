import { randomUUID } from "node:crypto";
import { computeProviders, type ComputeProvider, type Observation } from "@preceptor/compute";
import { attempt, computeTarget, connect, job, sessionLocks } from "@preceptor/db";
import { aComputeTarget, aRunningJob, aWorld } from "@preceptor/services/testing";
import { servingProviders } from "@preceptor/serving";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { startLoop } from "./loop.ts";
import { createReconcilers } from "./reconcilers/index.ts";
import { startSurveys, surveysLock } from "./survey.ts";
import { until } from "./testing/index.ts";

/** A cluster of three running attempts whose words a test chooses; it counts how many it was asked about at a time. */
async function aCluster(seen: { seenAtMs?: number } = {}) {
  const world = await aWorld();
  const target = await aComputeTarget(world);
  const says = new Map<string, Observation>();
  const asked: number[] = [];
  const provider: ComputeProvider = {
    name: "local",
    start: async () => Promise.reject(new Error("nothing starts here")),
    async observe(handles) {
      asked.push(handles.length);
      return handles.map(({ attemptId }) => says.get(attemptId) ?? { kind: "gone" });
    },
    cancel: async () => {},
    listProduced: async () => [],
    readProduced: async () => Promise.reject(new Error("nothing is produced here")),
    release: async () => {},
    capabilities: {},
  };
  const jobs = [];
  for (let n = 0; n < 3; n++) {
    const made = await aRunningJob(world, target);
    says.set(made.attemptId, { kind: "running", processes: [], usage: null, ...seen });
    jobs.push(made);
  }
  const { caller: _, ...rest } = world.system;
  const compute = computeProviders({ local: () => provider });
  const base = { ...rest, compute, serving: servingProviders({}) };
  const begin = async () => {
    const locks = sessionLocks(connect({ url: world.url, max: 1 }).sql, surveysLock);
    const surveys = await startSurveys({ base, locks, atLeast: 3, everyMs: 100 });
    const end = async (): Promise<void> => {
      await surveys.stop();
      await locks.end();
    };
    onTestFinished(end);
    return { surveys, end };
  };
  const first = await begin();
  const read = async (jobId: string) => {
    const [row] = await world.ownerDb
      .select({ status: job.status, reason: job.reason, heard: attempt.lastObservedAt })
      .from(job)
      .innerJoin(attempt, eq(attempt.jobId, job.id))
      .where(eq(job.id, jobId));
    return row;
  };
  return { world, base, target, jobs, says, asked, read, provider, first, begin };
}

test("attempts of a busy target are kept fresh together, without a look at each", async () => {
  const { world, target, jobs, asked, read } = await aCluster();
  const all = () => Promise.all(jobs.map(({ jobId }) => read(jobId)));
  const first = await until(all, (rows) => rows.every((row) => row?.heard));
  const then = Math.max(...first.map((row) => row?.heard?.getTime() ?? 0));
  await until(all, (rows) => rows.every((row) => (row?.heard?.getTime() ?? 0) > then));
  expect(new Set(asked)).toEqual(new Set([3]));
  const surveyed = await until(
    () => world.ownerDb.select().from(computeTarget).where(eq(computeTarget.id, target)),
    ([row]) => row?.surveyedJobs === 3,
  );
  expect(surveyed).toHaveLength(1);
});

test("of two workers one surveys and the other leaves its attempts alone; it takes over when the first is gone", async () => {
  const { target, first, begin, asked, says, jobs, base, world, read } = await aCluster();
  await until(
    async () => asked.length,
    (count) => count > 3,
  );
  const second = await begin();
  await until(
    async () => second.surveys.elsewhere(),
    (targets) => targets.includes(target),
  );
  expect(first.surveys.elsewhere()).toEqual([]);
  // The second worker alone claims work here, and the failed one is not its.
  const loop = await startLoop({
    base,
    reconcilers: createReconcilers(),
    settings: { publicUrl: "http://127.0.0.1:9" },
    owner: randomUUID(),
    exceptTargets: second.surveys.elsewhere,
    listen: (wake) => world.sql.listen("work", wake),
  });
  onTestFinished(() => loop.stop());
  const [failing] = jobs;
  const { attemptId, jobId } = failing!;
  says.set(attemptId, { kind: "failed", cause: "exit-code", message: "it ended", processes: [] });
  const surveyed = asked.length;
  await until(
    async () => asked.length,
    (count) => count > surveyed + 3,
  );
  expect(new Set(asked)).toEqual(new Set([3]));
  expect(await read(jobId)).toMatchObject({ status: "running" });

  await first.end();
  await until(
    () => read(jobId),
    (row) => row?.status === "failed",
  );
  expect(second.surveys.elsewhere()).toEqual([]);
});

test("the one that failed is looked at at once and fails by the reconciler; the others stay confirmed", async () => {
  const { base, world, jobs, says, read } = await aCluster();
  const loop = await startLoop({
    base,
    reconcilers: createReconcilers(),
    settings: { publicUrl: "http://127.0.0.1:9" },
    owner: randomUUID(),
    listen: (wake) => world.sql.listen("work", wake),
  });
  onTestFinished(() => loop.stop());
  const [failing, ...others] = jobs;
  says.set(failing!.attemptId, {
    kind: "failed",
    cause: "exit-code",
    message: "it ended with 3",
    processes: [],
  });
  await until(
    () => read(failing!.jobId),
    (row) => row?.status === "failed",
  );
  expect(await read(failing!.jobId)).toMatchObject({ reason: "exit-code" });
  for (const { jobId } of others) expect(await read(jobId)).toMatchObject({ status: "running" });
});

test("what the cluster said a moment ago is dated then, and a cluster that throws leaves all as it was", async () => {
  const seenAtMs = Date.now() - 5000;
  const { jobs, read, provider, asked } = await aCluster({ seenAtMs });
  const [one] = jobs;
  await until(
    () => read(one!.jobId),
    (row) => Boolean(row?.heard),
  );
  const before = asked.length;
  provider.observe = async (handles) => {
    asked.push(handles.length);
    throw new Error("the cluster is away");
  };
  await until(
    async () => asked.length,
    (count) => count > before + 3,
  );
  expect(await read(one!.jobId)).toMatchObject({ status: "running", heard: new Date(seenAtMs) });
});
