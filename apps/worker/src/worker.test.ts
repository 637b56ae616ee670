import { computeProviders } from "@preceptor/compute";
import { attempt, job, metricSeries } from "@preceptor/db";
import {
  authenticateAttempt,
  cancelJob,
  claimWork,
  commitCheckpoint,
  getModel,
  listCheckpoints,
  listLogs,
  prepareAttempt,
  readLog,
} from "@preceptor/services";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { aWorkshop, until } from "./testing/index.ts";

test("a submitted job runs, its checkpoint is committed while it runs, and its model is registered", async () => {
  const { world, ada, aWorker, aJob, provider } = await aWorkshop();
  await aWorker();
  const submitted = await aJob({ step: 3, wait: true, model: true }, { output: { model: "tiny" } });
  await submitted.until((seen) => seen.status === "running");
  const [checkpoint] = await until(
    () => listCheckpoints(ada, { jobId: submitted.id }),
    (all) => all.length === 1,
  );
  expect(checkpoint).toMatchObject({
    name: "checkpoint-3",
    step: 3,
    kind: "step",
    state: "committed",
    tensors: { parameters: 2, dtypes: { F32: 2 }, tensors: 1 },
  });
  const manifest = await world.system.store.stat(
    `${world.organizationId}/checkpoint/${checkpoint!.digest.replace(":", "-")}.json`,
  );
  expect(manifest).not.toBeNull();
  const keys = await until(
    () => world.ownerDb.select({ key: metricSeries.key }).from(metricSeries),
    (rows) => rows.length >= 2,
  );
  expect(keys.map(({ key }) => key).sort()).toEqual(["system/cpu_cores", "system/memory_bytes"]);

  submitted.go();
  const done = await submitted.until((seen) => seen.status === "succeeded");
  expect(done).toMatchObject({
    attempts: 1,
    reason: null,
    outputModel: { name: "tiny", version: 1 },
  });
  expect(done.attemptList).toMatchObject([{ status: "succeeded", processes: [{ exitCode: 0 }] }]);
  expect((await getModel(ada, { name: "tiny" })).version.digest).toMatch(/^sha256:/);
  expect(submitted.note("started")).toHaveLength(1);

  const logs = { ...ada, compute: computeProviders({ local: () => provider }) };
  const [log] = await listLogs(logs, { jobId: submitted.id });
  expect(
    await readLog(logs, { attemptId: log!.attemptId, log: log!.log, offset: 0, limitBytes: 100 }),
  ).toMatchObject({ ended: true });
});

test("a killed process is tried again from its newest committed checkpoint, and the old token is refused", async () => {
  const { ada, world, aWorker, aJob } = await aWorkshop();
  await aWorker();
  const submitted = await aJob({ step: 7, wait: true, model: true });
  await until(
    () => listCheckpoints(ada, { jobId: submitted.id }),
    (all) => all.length === 1,
  );
  const [token] = submitted.note("token");
  const { caller } = await authenticateAttempt(ada, token!);
  expect(caller).toMatchObject({ kind: "attempt", jobId: submitted.id, fencingToken: 1 });

  process.kill(Number(submitted.note("pid")[0]), "SIGKILL");
  const done = await submitted.until((seen) => seen.status === "succeeded");
  const [checkpoint] = await listCheckpoints(ada, { jobId: submitted.id });
  expect(done.attemptList).toMatchObject([
    { number: 1, status: "failed", reason: "killed-by-signal" },
    { number: 2, status: "succeeded", resumedFromCheckpointId: checkpoint!.id },
  ]);
  expect(submitted.note("resumed")).toEqual(["none", "checkpoint-7"]);
  await expect(authenticateAttempt(ada, token!)).rejects.toMatchObject({ code: "stale-attempt" });
  await expect(
    commitCheckpoint(world.system, {
      jobId: submitted.id,
      attemptId: caller.attemptId,
      fencingToken: 1,
      name: "checkpoint-9",
      kind: "step",
      files: [],
      last: true,
    }),
  ).rejects.toMatchObject({ code: "stale-attempt" });
});

test("an exit code is not tried again; torn and pickled checkpoints are refused with the reason", async () => {
  const { ada, aWorker, aJob } = await aWorkshop();
  await aWorker();
  const submitted = await aJob({ torn: true, pickle: true, exit: 3 });
  const done = await submitted.until((seen) => seen.status === "failed");
  expect(done).toMatchObject({ reason: "exit-code", attempts: 1 });
  const found = await listCheckpoints(ada, { jobId: submitted.id });
  expect(found).toMatchObject([
    { name: "checkpoint-1", state: "refused", refusal: expect.stringContaining("torn") },
    { name: "checkpoint-2", state: "refused", refusal: expect.stringContaining("optimizer.pt") },
  ]);
});

test("a program that hangs or fills its disk fails its job for that reason, once; one that floods its log is only counted", async () => {
  const { ada, aWorker, aJob, provider } = await aWorkshop();
  await aWorker();
  const [hangs, fills, floods] = await Promise.all([
    aJob({ wait: true }, { limits: { timeout: "PT2S", maxAttempts: 3 } }),
    aJob({ step: 4, fill: 1_100_000_000 }),
    aJob({ flood: 3_000_000 }),
  ]);
  expect(await hangs.until((seen) => seen.status === "failed", 40_000)).toMatchObject({
    reason: "timeout",
    attempts: 1,
    message: "ended after its time limit of 2 s",
  });
  expect(await fills.until((seen) => seen.status === "failed", 40_000)).toMatchObject({
    reason: "disk-quota",
    attempts: 1,
    message: expect.stringMatching(/hold 1.1 GB, more than the 1 GB .* keep fewer checkpoints/),
  });
  // What was whole when it ended is not lost with it.
  expect(await listCheckpoints(ada, { jobId: fills.id })).toMatchObject([
    { name: "checkpoint-4", state: "committed" },
  ]);
  await floods.until((seen) => seen.status === "succeeded", 40_000);
  const logs = { ...ada, compute: computeProviders({ local: () => provider }) };
  const [log] = await listLogs(logs, { jobId: floods.id });
  const read = (offset: number) => readLog(logs, { ...log!, offset, limitBytes: 1_000 });
  const { droppedBytes } = await read(0);
  expect(droppedBytes).toBe(2_000_000);
  expect((await read(999_990)).text).toContain("1000000 bytes kept");
});

test("a job that promised a model and left none fails as output-invalid", async () => {
  const { aWorker, aJob } = await aWorkshop();
  await aWorker();
  const submitted = await aJob({}, { output: { model: "tiny" } });
  expect(await submitted.until((seen) => seen.status === "failed")).toMatchObject({
    reason: "output-invalid",
    message: expect.stringContaining("no model"),
  });
});

test("a job whose file left the storage while it waited fails for that, and nothing is started", async () => {
  const { world, ada, workDir, aWorker, aJob } = await aWorkshop();
  const submitted = await aJob({});
  for await (const { name } of ada.store.list(world.organizationId)) await ada.store.remove(name);
  await aWorker();
  expect(await submitted.until((seen) => seen.status === "failed")).toMatchObject({
    reason: "input-unavailable",
    message: "A file the job reads is no longer in storage.",
  });
  expect(existsSync(join(workDir, "attempts"))).toBe(false);
});

test("a running job is cancelled and its process is gone", async () => {
  const { ada, aWorker, aJob } = await aWorkshop();
  await aWorker();
  const submitted = await aJob({ wait: true });
  await until(
    async () => submitted.note("pid"),
    (pids) => pids.length === 1,
  );
  expect(await cancelJob(ada, { id: submitted.id })).toMatchObject({ status: "cancelling" });
  const done = await submitted.until((seen) => seen.status === "cancelled");
  expect(done).toMatchObject({
    reason: "cancelled-by-member",
    attemptList: [{ status: "cancelled" }],
  });
  expect(() => process.kill(Number(submitted.note("pid")[0]), 0)).toThrow();
});

test("an attempt its cluster no longer knows is unknown first, fenced when its lease is over, and replaced", async () => {
  const { workDir, aWorker, aJob } = await aWorkshop();
  await aWorker({ silentAfterMs: 200, leaseMs: 2500 });
  const submitted = await aJob({ wait: true });
  const before = await submitted.until((seen) => seen.status === "running");
  await until(
    async () => submitted.note("token"),
    (tokens) => tokens.length === 1,
  );
  rmSync(join(workDir, "attempts", before.attemptList[0]!.id, "state"), { recursive: true });
  await submitted.until((seen) => seen.status === "unknown");
  submitted.go();
  const done = await submitted.until((seen) => seen.status === "succeeded");
  expect(done.attemptList).toMatchObject([
    { status: "fenced", reason: "lost" },
    { status: "succeeded", number: 2 },
  ]);
});

test("three workers at once start each job once", async () => {
  const { aWorker, aJob } = await aWorkshop();
  await Promise.all([aWorker(), aWorker(), aWorker()]);
  const submitted = await Promise.all([aJob({}), aJob({}), aJob({}), aJob({})]);
  for (const each of submitted) {
    const done = await each.until(
      (seen) => seen.status === "succeeded" || seen.status === "failed",
    );
    expect(done).toMatchObject({ status: "succeeded", attempts: 1 });
    expect(each.note("started")).toHaveLength(1);
  }
});

test("a worker that ended before the hand-over is followed by one that hands the same attempt over", async () => {
  const { world, aWorker, aJob } = await aWorkshop();
  const submitted = await aJob({});
  const options = { owner: "dead", limit: 1, leaseMs: 300 };
  const [lease] = await claimWork(world.db, "job", options);
  const prepared = await prepareAttempt(world.system, {
    lease: lease!,
    publicUrl: "http://127.0.0.1:9",
  });
  await aWorker();
  const done = await submitted.until((seen) => seen.status === "succeeded");
  expect(done.attemptList.map((each) => each.id)).toEqual([prepared!.attemptId]);
  expect(submitted.note("started")).toEqual([prepared!.attemptId]);
});

test("what a worker whose lease is over still wants to write is dropped", async () => {
  const { world, aJob } = await aWorkshop();
  await aJob({});
  const [first] = await claimWork(world.db, "job", { owner: "slow", limit: 1, leaseMs: 1 });
  const [second] = await until(
    () => claimWork(world.db, "job", { owner: "next", limit: 1, leaseMs: 60_000 }),
    (leases) => leases.length === 1,
  );
  expect(second!.token).toBe(first!.token + 1);
  expect(
    await prepareAttempt(world.system, { lease: first!, publicUrl: "http://127.0.0.1:9" }),
  ).toBeNull();
  expect(await claimWork(world.db, "job", { owner: "third", limit: 1, leaseMs: 1000 })).toEqual([]);
  expect(await world.ownerDb.select().from(attempt)).toEqual([]);
  const [row] = await world.ownerDb.select().from(job).where(eq(job.id, first!.id));
  expect(row?.status).toBe("queued");
});
