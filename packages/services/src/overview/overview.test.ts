import { attempt, job } from "@preceptor/db";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { getComputeTarget } from "../compute-target/index.ts";
import { aComputeTarget, aRunningJob, aWorld } from "../testing/index.ts";
import { readOverview } from "./index.ts";

const ago = (ms: number) => new Date(Date.now() - ms);
const minuteMs = 60_000;

async function aWard() {
  const world = await aWorld();
  const target = await aComputeTarget(world);
  const [operator, ada, other] = [
    await world.aMember("Olga", "operator"),
    await world.aMember("Ada", "engineer"),
    await world.aMember("Bo", "engineer"),
  ];
  const submittedBy = ada.caller.userId;
  const { jobId, attemptId } = await aRunningJob(world, target, { submittedBy });
  const change = (to: Partial<typeof attempt.$inferInsert>) =>
    world.ownerDb.update(attempt).set(to).where(eq(attempt.id, attemptId));
  const say = (to: Partial<typeof job.$inferInsert>) =>
    world.ownerDb.update(job).set(to).where(eq(job.id, jobId));
  const waiting = async (ctx: typeof ada) =>
    (await readOverview(ctx)).waitingForYou.map(({ kind, id, detail }) => ({ kind, id, detail }));
  return { world, target, operator, ada, other, jobId, attemptId, change, say, waiting };
}

test("an attempt that does not stop calls operators and whoever submitted it, once, and nobody else", async () => {
  const { operator, ada, other, jobId, attemptId, change, say, waiting } = await aWard();
  await change({ lastObservedAt: new Date() });
  expect(await waiting(operator)).toEqual([]);
  const detail = "Azure was asked to stop it 40 hours ago.";
  await say({ message: detail });
  await change({ handle: { provider: "local", attemptId, data: { overdue: "yes" } } });
  for (const ctx of [operator, ada])
    expect(await waiting(ctx)).toEqual([{ kind: "job", id: jobId, detail }]);
  expect(await waiting(other)).toEqual([]);

  // Given up and not ended is the same call, also while it is unknown.
  await say({ status: "unknown" });
  await change({ status: "fenced", handle: { provider: "local", attemptId, data: {} } });
  expect(await waiting(ada)).toEqual([{ kind: "job", id: jobId, detail }]);
});

test("a target that says nothing of all its attempts is told as such; one that speaks of a single one is not", async () => {
  const { world, target, operator, change, say, waiting } = await aWard();
  const since = ago(10 * minuteMs);
  const message = "The server cannot sign in there.";
  await change({ lastObservedAt: since });
  await say({ status: "unknown", message });
  expect(await waiting(operator)).toEqual([
    {
      kind: "compute-target",
      id: "here",
      detail: expect.stringMatching(
        /heard of its attempt since .* UTC\. The server cannot sign in/,
      ),
    },
  ]);
  expect(await getComputeTarget(operator, { target: "here" })).toMatchObject({
    silence: { since, attempts: 1, message },
  });
  const { attemptId } = await aRunningJob(world, target);
  await world.ownerDb
    .update(attempt)
    .set({ lastObservedAt: new Date() })
    .where(eq(attempt.id, attemptId));
  expect(await waiting(operator)).toEqual([]);
  expect(await getComputeTarget(operator, { target: "here" })).toMatchObject({ silence: null });
});
