import { createHash } from "node:crypto";
import { attempt, audit, job, recipe } from "@preceptor/db";
import { ANSWER_AGAIN_MS, JobSpec } from "@preceptor/domain";
import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { aComputeTarget, anEvaluateRecipe, aRunningJob, aWorld } from "../testing/index.ts";
import { authenticateAttempt, exchangeTicket } from "./index.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const ticket = "t".repeat(43);
const [mine, other] = ["m".repeat(32), "o".repeat(32)];
const tokenOf = (attemptId: string): string => `token of ${attemptId}`;

/** An attempt of two processes whose ticket this test knows. */
async function anAttempt(changes: Partial<typeof job.$inferInsert> = {}) {
  const world = await aWorld();
  const spec = JobSpec.parse({
    name: "two",
    kind: "evaluate",
    recipe: "lm-eval",
    compute: { target: "here", nodes: 2 },
  });
  const made = await aRunningJob(world, await aComputeTarget(world), { spec, ...changes });
  const one = eq(attempt.id, made.attemptId);
  await world.ownerDb
    .update(attempt)
    .set({ ticketHash: sha256(ticket) })
    .where(one);
  let aheadMs = 0;
  const { caller: _, ...base } = world.system;
  const said: unknown[] = [];
  const log = { ...base.log, warn: (...words: unknown[]) => void said.push(words) };
  const ctx = { ...base, log, now: () => new Date(Date.now() + aheadMs) };
  const ask = (rank: number, nonce = mine, given = ticket) =>
    exchangeTicket(ctx, { ticket: given, rank, nonce }, tokenOf);
  const actions = async () =>
    (
      await world.ownerDb
        .select({ action: audit.action, actor: audit.actorId })
        .from(audit)
        .where(eq(audit.noun, "attempt"))
        .orderBy(asc(audit.seq))
    ).map(({ action, actor }) => (actor === made.attemptId ? action : `${action} by ${actor}`));
  return { ...made, world, one, ask, actions, said, pass: (ms: number) => (aheadMs += ms) };
}

test("each rank gets the same token once, and it is let in", async () => {
  const { world, attemptId, ask, actions } = await anAttempt();
  const given = { MLFLOW_TRACKING_TOKEN: tokenOf(attemptId) };
  expect(await Promise.all([ask(0), ask(1, other)])).toEqual([given, given]);
  const { caller } = await authenticateAttempt(world.system, tokenOf(attemptId));
  expect(caller.attemptId).toBe(attemptId);
  expect(await actions()).toEqual(["attempt.exchange-ticket", "attempt.exchange-ticket"]);
});

test("a lost answer is given again to who asked, and to nobody else, and not for ever", async () => {
  const { ask, actions, said, pass } = await anAttempt();
  const first = await ask(0);
  expect(await ask(0)).toEqual(first);
  await expect(ask(0, other)).rejects.toMatchObject({ code: "conflict" });
  pass(ANSWER_AGAIN_MS + 1);
  await expect(ask(0)).rejects.toMatchObject({ code: "conflict" });
  expect(await actions()).toEqual([
    "attempt.exchange-ticket",
    "attempt.exchange-ticket",
    "attempt.refuse-ticket",
    "attempt.refuse-ticket",
  ]);
  expect(said).toHaveLength(2);
  expect(JSON.stringify(said)).not.toContain(ticket);
});

test("two who ask at the same moment are not both answered", async () => {
  const { ask } = await anAttempt();
  const asked = await Promise.allSettled([ask(0, mine), ask(0, other)]);
  expect(asked.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("nothing is given for another ticket, for a rank that is not, or once the attempt is over", async () => {
  const { world, one, ask, actions } = await anAttempt();
  await expect(ask(0, mine, "x".repeat(43))).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(ask(2)).rejects.toMatchObject({ code: "invalid" });
  await world.ownerDb.update(attempt).set({ status: "cancelled" }).where(one);
  await expect(ask(0)).rejects.toMatchObject({ code: "stale-attempt" });
  expect(await actions()).toEqual([]);
});

test("the key of patients' pseudonyms goes to a published evaluation, and to no other job", async () => {
  const plain = await anAttempt();
  expect(Object.keys(await plain.ask(0))).toEqual(["MLFLOW_TRACKING_TOKEN"]);
  const { world, jobId, ask } = await anAttempt({ kind: "evaluate" });
  await anEvaluateRecipe(world);
  const [published] = await world.ownerDb.select().from(recipe);
  await world.ownerDb.update(job).set({ recipeId: published!.id }).where(eq(job.id, jobId));
  const { PRECEPTOR_SUBJECT_KEY: key } = await ask(1);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
});
