import { createHash } from "node:crypto";
import { attempt, computeTarget, job } from "@preceptor/db";
import { ABANDON_AFTER_MS } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { authenticateAttempt } from "../attempt/index.ts";
import { listAudit } from "../audit/index.ts";
import { claimWork } from "../lease.ts";
import { aComputeTarget, aRunningJob, aWorld } from "../testing/index.ts";
import { abandonJob, applyObservation, cancelJob } from "./index.ts";

const reason = "The region is down, says its operator.";

/** A job that runs somewhere, heard of `agoMs` ago. */
async function aSilentJob(agoMs = ABANDON_AFTER_MS + 60_000) {
  const world = await aWorld();
  const target = await aComputeTarget(world);
  const made = await aRunningJob(world, target, { dueAt: new Date(0) });
  const heard = new Date(Date.now() - agoMs);
  await world.ownerDb
    .update(attempt)
    .set({ createdAt: new Date(heard.getTime() - 60_000), lastObservedAt: heard })
    .where(eq(attempt.id, made.attemptId));
  const olga = await world.aMember("Olga", "operator");
  const ada = await world.aMember("Ada", "engineer");
  const read = async () => {
    const [row] = await world.ownerDb
      .select({ job, attempt })
      .from(job)
      .innerJoin(attempt, eq(attempt.jobId, job.id))
      .where(eq(job.id, made.jobId));
    return row!;
  };
  return { ...made, world, target, olga, ada, read };
}

test("a job of a target that cannot be read is ended by an operator, told to all, and never goes on by itself", async () => {
  const { world, jobId, attemptId, olga, ada, read } = await aSilentJob();
  await expect(abandonJob(ada, { id: jobId, reason })).rejects.toMatchObject({ code: "forbidden" });
  // Its worker is at it, and sees it again just after.
  const [lease] = await claimWork(world.db, "job", { owner: "w", limit: 1, leaseMs: 60_000 });
  const after = await abandonJob(olga, { id: jobId, reason });
  expect(after).toMatchObject({ status: "failed", reason: "silent", attempts: 1 });
  expect(after.message).toContain(`Abandoned by Olga: ${reason}`);
  expect(after.message).toMatch(`may still run and cost; look there for ${attemptId}`);
  expect((await read()).attempt).toMatchObject({ status: "fenced", endedAt: expect.any(Date) });

  const seen = { kind: "running", processes: [] } as const;
  const looked = { lease: lease!, from: "running", attemptId, seen, move: null } as const;
  expect(await applyObservation(world.system, looked)).toBeNull();
  expect(await claimWork(world.db, "job", { owner: "x", limit: 9, leaseMs: 1000 })).toEqual([]);
  expect((await read()).job).toMatchObject({ status: "failed", attemptCount: 1 });
  await expect(abandonJob(olga, { id: jobId, reason })).rejects.toThrow("It has ended.");

  const { items } = await listAudit(olga, { noun: "job", nounId: jobId, limit: 10 });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ action: "job.abandon", actor: { name: "Olga" } });
});

test("nothing more is accepted from what was abandoned", async () => {
  const { world, jobId, attemptId, olga } = await aSilentJob();
  const tokenHash = createHash("sha256").update("known").digest("hex");
  await world.ownerDb.update(attempt).set({ tokenHash }).where(eq(attempt.id, attemptId));
  expect((await authenticateAttempt(world.system, "known")).caller.attemptId).toBe(attemptId);
  await abandonJob(olga, { id: jobId, reason });
  await expect(authenticateAttempt(world.system, "known")).rejects.toMatchObject({
    code: "stale-attempt",
  });
});

test("while its target can be read, through this job, another or a survey, it has to be asked", async () => {
  const early = await aSilentJob(ABANDON_AFTER_MS - 120_000);
  const asked = { id: early.jobId, reason };
  await expect(abandonJob(early.olga, asked)).rejects.toMatchObject({ code: "conflict" });

  const { world, jobId, olga, target, read } = await aSilentJob();
  const other = await aRunningJob(world, target);
  const hear = (at: Date | null) =>
    world.ownerDb
      .update(attempt)
      .set({ lastObservedAt: at })
      .where(eq(attempt.id, other.attemptId));
  await hear(new Date(Date.now() - 60_000));
  await expect(abandonJob(olga, { id: jobId, reason })).rejects.toThrow("could be read");
  await hear(null);
  const survey = (at: Date | null) =>
    world.ownerDb.update(computeTarget).set({ surveyedAt: at }).where(eq(computeTarget.id, target));
  await survey(new Date());
  await expect(abandonJob(olga, { id: jobId, reason })).rejects.toThrow("could be read");
  expect((await read()).job.status).toBe("running");
  await survey(null);
  expect(await abandonJob(olga, { id: jobId, reason })).toMatchObject({ status: "failed" });
});

test("one whose stop was never heard of ends as cancelled", async () => {
  const { jobId, olga, ada } = await aSilentJob();
  expect(await cancelJob(ada, { id: jobId })).toMatchObject({ status: "cancelling" });
  expect(await abandonJob(olga, { id: jobId, reason })).toMatchObject({
    status: "cancelled",
    reason: "cancelled-by-member",
  });
});
