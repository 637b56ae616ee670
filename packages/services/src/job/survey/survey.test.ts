import { attempt, job } from "@preceptor/db";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { aComputeTarget, aRunningJob, aWorld } from "../../testing/index.ts";
import { applySurvey, busyTargets, finishSurvey, loadSurveyed } from "./index.ts";

const heardAt = new Date(Date.now() + 1000);
const soon = { lt: Date.now() + 60_000 };

async function aTargetWithJobs() {
  const world = await aWorld();
  const target = await aComputeTarget(world);
  const read = async (jobId: string) => {
    const [row] = await world.ownerDb
      .select({ heard: attempt.lastObservedAt, due: job.dueAt })
      .from(job)
      .innerJoin(attempt, eq(attempt.jobId, job.id))
      .where(eq(job.id, jobId));
    return { heard: row?.heard ?? null, isDue: (row?.due.getTime() ?? Infinity) < soon.lt };
  };
  return { world, target, read, aJob: (changes = {}) => aRunningJob(world, target, changes) };
}
const held = () => ({ leaseOwner: "another", leaseExpiresAt: new Date(Date.now() + 60_000) });

test("only attempts under way that nobody holds and that were handed over are surveyed", async () => {
  const { world, target, aJob } = await aTargetWithJobs();
  const free = await aJob();
  const lapsed = await aJob({ ...held(), leaseExpiresAt: new Date(Date.now() - 1000) });
  await aJob(held());
  await aJob({ status: "cancelling" });
  await aJob({ status: "finalizing" });
  const unstarted = await aJob({ status: "starting" });
  await world.ownerDb
    .update(attempt)
    .set({ handle: null })
    .where(eq(attempt.id, unstarted.attemptId));
  const found = await loadSurveyed(world.system, target);
  expect(found.map(({ id }) => id).sort()).toEqual([free.jobId, lapsed.jobId].sort());
});

test("what is as it was decided on is heard or made due; what changed in between, or is held, is not touched", async () => {
  const { world, read, aJob } = await aTargetWithJobs();
  const all = {
    same: await aJob(),
    cancelled: await aJob(),
    taken: await aJob(),
    retried: await aJob(),
  };
  const decided = Object.values(all).map((one) => ({ ...one, status: "running" as const }));
  const change = (one: { jobId: string }, to: Partial<typeof job.$inferInsert>) =>
    world.ownerDb.update(job).set(to).where(eq(job.id, one.jobId));
  await change(all.cancelled, { status: "cancelling" });
  await change(all.taken, held());
  await change(all.retried, { attemptCount: 2 });

  const confirmed = decided.map((one) => ({ ...one, heardAt }));
  expect(await applySurvey(world.system, { confirmed, changed: [] })).toEqual({
    confirmed: 1,
    changed: 0,
  });
  expect(await read(all.same.jobId)).toEqual({ heard: heardAt, isDue: false });
  expect(await applySurvey(world.system, { confirmed: [], changed: decided })).toEqual({
    confirmed: 0,
    changed: 1,
  });
  expect(await read(all.same.jobId)).toEqual({ heard: heardAt, isDue: true });
  for (const { jobId } of [all.cancelled, all.taken, all.retried])
    expect(await read(jobId)).toEqual({ heard: null, isDue: false });
});

test("an older answer does not set back what was heard since, and another organization's job is out of reach", async () => {
  const { world, read, aJob } = await aTargetWithJobs();
  const one = { ...(await aJob()), status: "running" as const };
  const hear = (at: Date, ctx = world.system) =>
    applySurvey(ctx, { confirmed: [{ ...one, heardAt: at }], changed: [] });
  await hear(heardAt);
  expect(await hear(new Date(heardAt.getTime() - 1))).toMatchObject({ confirmed: 0 });
  const foreign = world.as({ kind: "system", component: "worker", organizationId: "org_other" });
  expect(await hear(new Date(heardAt.getTime() + 1), foreign)).toMatchObject({ confirmed: 0 });
  expect(await read(one.jobId)).toMatchObject({ heard: heardAt });
});

test("a target with enough attempts is busy, and due again some time after its survey", async () => {
  const { world, target, aJob } = await aTargetWithJobs();
  await aJob();
  await aJob();
  const busy = (atLeast: number) => busyTargets(world.db, { atLeast });
  expect(await busy(3)).toEqual([]);
  const { organizationId } = world;
  expect(await busy(2)).toMatchObject([
    { target: { id: target }, organizationId, isDue: true, isSurveyed: false },
  ]);
  await finishSurvey(world.db, { targetId: target, jobs: 2, dueInMs: 60_000 });
  expect(await busy(2)).toMatchObject([{ isDue: false, isSurveyed: true }]);
  await finishSurvey(world.db, { targetId: target, jobs: 2, dueInMs: 0 });
  expect(await busy(2)).toMatchObject([{ isDue: true, isSurveyed: true }]);
});
