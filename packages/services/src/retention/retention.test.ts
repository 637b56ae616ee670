import { audit, checkpoint } from "@preceptor/db";
import { removedMemoryMs, strayGraceMs } from "@preceptor/domain";
import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { listCheckpoints } from "../checkpoint/index.ts";
import { readLineage } from "../lineage/index.ts";
import { registerModel } from "../model/index.ts";
import { aKeepingJob, aStore, steps } from "../testing/a-store.ts";
import { transaction } from "../transaction.ts";
import { removeCheckpoints } from "./remove-checkpoints.ts";
import { runRetention, showRetention } from "./index.ts";

const hourMs = 3_600_000;

test("what a job does not keep is marked at once, and its own bytes go after the grace; shared ones stay", async () => {
  const store = await aStore();
  const { olga, ada, later, has, world } = store;
  const job = await aKeepingJob(store);
  const [first] = await steps(job, 3);

  expect((await showRetention(olga)).checkpoints).toMatchObject([
    { id: first!.id, name: "checkpoint-1", reason: "keep last 2" },
  ]);
  expect(await runRetention(olga, {})).toMatchObject({
    checkpoints: { objects: 1, bytes: 11 },
    removed: { objects: 0 },
    problem: null,
  });
  expect(await listCheckpoints(ada, { jobId: job.jobId })).toMatchObject([
    {
      state: "removed",
      removal: "keep last 2",
      removedAt: expect.any(Date),
      digest: first!.digest,
      files: first!.files,
    },
    { state: "committed" },
    { state: "committed" },
  ]);
  expect(await has("state 1")).toBe(true);
  const outlook = await showRetention(olga);
  expect(outlook).toMatchObject({
    checkpoints: [],
    due: { objects: 0 },
    waiting: { objects: 1, bytes: 7 },
    lately: {
      checkpoints: { objects: 1, bytes: 11, lastAt: expect.any(Date) },
      objects: { objects: 0, bytes: 0, lastAt: null },
    },
  });

  later(strayGraceMs - hourMs);
  expect((await runRetention(olga, {})).removed.objects).toBe(0);
  later(2 * hourMs);
  expect((await showRetention(olga)).due).toEqual({
    objects: 1,
    bytes: 7,
    since: expect.any(Date),
  });
  expect(await runRetention(olga, {})).toMatchObject({ removed: { objects: 1, bytes: 7 } });
  expect([await has("state 1"), await has("same"), await has("state 2")]).toEqual([
    false,
    true,
    true,
  ]);
  expect(await runRetention(olga, {})).toMatchObject({
    checkpoints: { objects: 0 },
    removed: { objects: 0 },
  });

  expect((await showRetention(olga)).lately.objects).toMatchObject({ objects: 1, bytes: 7 });
  later(removedMemoryMs);
  const { lately } = await showRetention(olga);
  expect([lately.checkpoints.objects, lately.objects.objects]).toEqual([0, 0]);

  const log = await world.ownerDb
    .select({ action: audit.action, by: audit.actorName })
    .from(audit)
    .orderBy(asc(audit.seq));
  expect(log.slice(-2)).toEqual([
    { action: "checkpoint.remove", by: "Olga" },
    { action: "retention.remove", by: "Olga" },
  ]);
  const graph = await readLineage(ada, { kind: "checkpoint", id: first!.id });
  expect(graph.nodes.find((node) => node.id === first!.id)?.detail).toContain(
    "removed by retention (keep last 2)",
  );
});

test("a model's checkpoint stays; one that was removed becomes none, and does not come back", async () => {
  const store = await aStore();
  const { ada, olga, later, has, world } = store;
  const job = await aKeepingJob(store);
  const [first, second] = await steps(job, 4);
  await registerModel(ada, { checkpointId: first!.id, name: "early", description: "" });
  expect((await runRetention(olga, {})).checkpoints.objects).toBe(1);
  await expect(
    registerModel(ada, { checkpointId: second!.id, name: "late", description: "" }),
  ).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("keep last 2") });
  const put = (changes: Partial<typeof checkpoint.$inferInsert>, id: string) =>
    transaction(ada, (tx) => tx.update(checkpoint).set(changes).where(eq(checkpoint.id, id)));
  await expect(put({ state: "removed" }, first!.id)).rejects.toMatchObject({
    cause: { code: "PR007" },
  });
  await expect(put({ state: "committed" }, second!.id)).rejects.toMatchObject({
    cause: { code: "PR006" },
  });

  later(strayGraceMs + hourMs);
  await runRetention(olga, {});
  expect([await has("state 1"), await has("state 2")]).toEqual([true, false]);
  // Its folder may be there still when a worker that knows nothing looks again.
  expect(
    await job.commit("checkpoint-2", { "state.json": "state 2", "config.json": "same" }),
  ).toMatchObject({
    id: second!.id,
    state: "removed",
  });
  expect(await has("state 2")).toBe(false);
  expect(await world.ownerDb.select().from(checkpoint)).toHaveLength(4);
});

test("a model made of a checkpoint at the moment of its removal: one of the two wins, and never both", async () => {
  const store = await aStore();
  const { ada, olga } = store;
  for (let round = 0; round < 8; round++) {
    const job = await aKeepingJob(store);
    const [first] = await steps(job, 3);
    const [made, removed] = await Promise.allSettled([
      registerModel(ada, { checkpointId: first!.id, name: `raced-${round}`, description: "" }),
      removeCheckpoints(olga, { jobId: job.jobId }),
    ]);
    expect(removed).toMatchObject({ status: "fulfilled" });
    const [after] = await listCheckpoints(ada, { jobId: job.jobId });
    expect(after!.state).toBe(made.status === "fulfilled" ? "committed" : "removed");
  }
});

test("only an operator sees it and runs it", async () => {
  const { ada, olga } = await aStore();
  await expect(showRetention(ada)).rejects.toMatchObject({ code: "forbidden" });
  await expect(runRetention(ada, {})).rejects.toMatchObject({ code: "forbidden" });
  expect(await showRetention(olga)).toMatchObject({ checkpoints: [], expiredUploads: 0, held: [] });
});
