import { computeProviders, type ComputeProvider, type Observation } from "@preceptor/compute";
import { attempt, audit, job } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { claimWork } from "@preceptor/services";
import { aComputeTarget, aRunningJob, aWorld } from "@preceptor/services/testing";
import { servingProviders } from "@preceptor/serving";
import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { jobReconciler } from "./job.ts";

const minuteMs = 60_000;
const running: Observation = { kind: "running", processes: [], usage: null };
const unreachable: Observation = { kind: "unknown", message: "The list cannot be read." };
const outage: Observation = { kind: "unknown", message: "It cannot sign in.", outage: true };

/** One running attempt of a cluster that says what a test wants, once in its list and once asked alone; the clock is the test's. */
async function aLook(changes: Partial<typeof job.$inferInsert> = {}) {
  const world = await aWorld();
  const says = { listed: running, alone: running, refuses: false };
  const asked: string[] = [];
  const provider: ComputeProvider = {
    name: "local",
    start: async () => Promise.reject(new Error("nothing starts here")),
    observe: async (handles, how) => handles.map(() => says[how ?? "listed"]),
    async cancel() {
      asked.push("stop");
      if (says.refuses) throw new DomainError("unavailable", "The door is shut.");
    },
    listProduced: async () => [],
    readProduced: async () => Promise.reject(new Error("nothing is produced here")),
    release: async () => {},
    capabilities: {},
  };
  const target = await aComputeTarget(world);
  const { jobId } = await aRunningJob(world, target, {
    dueAt: new Date(Date.now() - 1000),
    ...changes,
  });
  const [lease] = await claimWork(world.db, "job", { owner: "test", limit: 1, leaseMs: 600_000 });
  let aheadMs = 0;
  const ctx = {
    ...world.system,
    now: () => new Date(Date.now() + aheadMs),
    compute: computeProviders({ local: () => provider }),
    serving: servingProviders({}),
  };
  const reconciler = jobReconciler();
  const settings = { publicUrl: "http://127.0.0.1:9" };
  const { signal } = new AbortController();
  return {
    says,
    asked,
    look: () => reconciler.reconcile({ lease: lease!, ctx, settings, signal }),
    after: (ms: number) => void (aheadMs += ms),
    job: async () => {
      const [row] = await world.ownerDb.select().from(job).where(eq(job.id, jobId));
      return row!;
    },
    attempts: () => world.ownerDb.select().from(attempt).orderBy(asc(attempt.number)),
    actions: async () =>
      (await world.ownerDb.select({ action: audit.action }).from(audit)).map((one) => one.action),
  };
}

test("an attempt its cluster's list leaves out for hours, but that answers by itself, is neither unknown nor stopped", async () => {
  const { says, asked, look, after, job: read, attempts } = await aLook();
  says.listed = unreachable;
  for (let n = 0; n < 4; n++) {
    after(30 * minuteMs);
    await look();
  }
  expect(asked).toEqual([]);
  expect(await read()).toMatchObject({ status: "running" });
  expect(await attempts()).toMatchObject([{ number: 1, status: "running" }]);
});

test("while nobody there can be asked nothing is stopped or begun, for days; then all goes on as it was", async () => {
  const { says, asked, look, after, job: read, attempts } = await aLook();
  Object.assign(says, { listed: outage, alone: outage });
  for (let n = 0; n < 4; n++) {
    after(24 * 60 * minuteMs);
    expect(await look()).toBeGreaterThanOrEqual(1000);
  }
  expect(asked).toEqual([]);
  expect(await read()).toMatchObject({ status: "unknown", message: "It cannot sign in." });
  Object.assign(says, { listed: running, alone: running });
  await look();
  expect(await read()).toMatchObject({ status: "running", message: null });
  expect(await attempts()).toMatchObject([{ number: 1, status: "running" }]);
});

test("one given up for its silence has a successor only once its end is seen, and meanwhile says what it waits for", async () => {
  const { says, asked, look, after, job: read, attempts, actions } = await aLook();
  const paused: Observation = {
    kind: "unknown",
    message: "It says Paused.",
    sinceMs: Date.now(),
    patienceMs: 60 * minuteMs,
  };
  Object.assign(says, { listed: paused, alone: paused });
  after(59 * minuteMs);
  await look();
  expect(await read()).toMatchObject({ status: "unknown", message: "It says Paused." });
  expect(asked).toEqual([]);
  after(2 * minuteMs);
  await look();
  expect(asked).toEqual(["stop"]);
  Object.assign(says, { listed: outage, alone: outage, refuses: true });
  after(60 * minuteMs);
  await look();
  expect(await read()).toMatchObject({
    status: "unknown",
    message: expect.stringMatching(/could not be asked to stop.*The door is shut/),
  });
  Object.assign(says, { listed: running, alone: running, refuses: false });
  await look();
  expect(await read()).toMatchObject({
    status: "unknown",
    attemptCount: 1,
    message: expect.stringMatching(/next attempt begins once its cluster says that it ended/),
  });
  expect(await attempts()).toMatchObject([{ status: "fenced", endedAt: null }]);
  says.listed = { kind: "cancelled" };
  await look();
  expect(await read()).toMatchObject({ status: "queued", reason: "retrying" });
  expect(await attempts()).toMatchObject([
    { status: "fenced", reason: "silent", message: "It says Paused.", endedAt: expect.any(Date) },
  ]);
  expect(await actions()).toEqual(["job.silence", "job.fence", "job.retry"]);
});

test("a member's wish that cannot be told to the cluster is not taken for done, and says so", async () => {
  const { says, asked, look, after, job: read } = await aLook({ status: "cancelling" });
  Object.assign(says, { listed: outage, alone: outage, refuses: true });
  for (let n = 0; n < 3; n++) {
    after(60 * minuteMs);
    await look();
  }
  expect(asked).toHaveLength(3);
  expect(await read()).toMatchObject({
    status: "cancelling",
    message: expect.stringMatching(/could not be asked to stop.*The door is shut/),
  });
  Object.assign(says, { listed: { kind: "cancelled" }, refuses: false });
  await look();
  expect(await read()).toMatchObject({ status: "cancelled", reason: "cancelled-by-member" });
});

test("what goes on past its deadline is recorded once, and its cluster's note is kept for whoever asks next", async () => {
  const { says, look, attempts, actions } = await aLook();
  const stuck = (message: string): Observation => ({
    kind: "finalizing",
    message,
    note: { phase: "stopping", since: "2026-05-01T12:00:00.000Z" },
    overdue: true,
  });
  for (const message of ["It does not end for 11 minutes.", "It does not end for 12 minutes."]) {
    says.listed = stuck(message);
    await look();
  }
  expect(await actions()).toEqual(["job.overdue"]);
  expect((await attempts())[0]?.handle?.data).toEqual({
    phase: "stopping",
    since: "2026-05-01T12:00:00.000Z",
    overdue: "yes",
  });
  says.listed = { ...running, note: { phase: "running", since: "2026-05-01T13:00:00.000Z" } };
  await look();
  expect((await attempts())[0]?.handle?.data).not.toHaveProperty("overdue");
});
