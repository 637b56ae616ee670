import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { audit, checkpoint, dataset, datasetUpload, strayObject, type job } from "@preceptor/db";
import { DomainError, JobSpec, removalTakeOverMs, strayGraceMs } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { asc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { commitCheckpoint, listCheckpoints } from "../checkpoint/index.ts";
import type { ServiceContext } from "../context.ts";
import {
  abandonDatasetUpload,
  beginDatasetUpload,
  finishDatasetUpload,
  receiveDatasetFile,
} from "../dataset/index.ts";
import { receiveCodeFile, submitJob } from "../job/index.ts";
import { readLineage } from "../lineage/index.ts";
import { registerModel } from "../model/index.ts";
import { aComputeTarget, aRunningJob, aWorld, newId, type World } from "../testing/index.ts";
import { transaction } from "../transaction.ts";
import { claimStrays } from "./claim-strays.ts";
import { removeCheckpoints } from "./remove-checkpoints.ts";
import { runRetention, showRetention } from "./index.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hourMs = 3_600_000;

/** A world whose clock the test moves, and what is in its store. */
async function aStore() {
  const world = await aWorld();
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const system: ServiceContext = { ...world.system, now };
  const ada = { ...(await world.aMember("Ada", "engineer")), now };
  const olga = { ...(await world.aMember("Olga", "operator")), now };
  return {
    world,
    system,
    ada,
    olga,
    later: (ms: number) => void (aheadMs += ms),
    has: async (text: string) => (await ada.store.stat(nameOf(world, text))) !== null,
    strays: () => world.ownerDb.select().from(strayObject).orderBy(asc(strayObject.name)),
  };
}
type Store = Awaited<ReturnType<typeof aStore>>;
const nameOf = (world: World, text: string) => blobName(world.organizationId, sha256(text));
const storedAs = (text: string) => ({ sha256: sha256(text), sizeBytes: Buffer.byteLength(text) });

/** A running job that keeps its last `last` checkpoints, and what an attempt of it leaves. */
async function aJob({ world, system }: Store, changes: Partial<typeof job.$inferInsert> = {}) {
  const target = await aComputeTarget(world);
  const spec = JobSpec.parse({
    name: "long-run",
    kind: "fine-tune",
    recipe: "lora-sft",
    compute: { target: "here" },
    checkpoints: { keep: { last: 2 } },
  });
  const { jobId, attemptId } = await aRunningJob(world, target, { spec, ...changes });
  return {
    jobId,
    attemptId,
    commit: (name: string, files: Readonly<Record<string, string>>, ctx = system) =>
      commitCheckpoint(ctx, {
        jobId,
        attemptId,
        fencingToken: 1,
        name,
        kind: name === "model" ? "final" : "step",
        last: false,
        files: Object.entries(files).map(([path, text]) => ({
          path,
          open: async () => Readable.from([Buffer.from(text)]),
        })),
      }),
  };
}
const steps = async (job: Awaited<ReturnType<typeof aJob>>, count: number) => {
  const made = [];
  for (let n = 1; n <= count; n++)
    made.push(
      (await job.commit(`checkpoint-${n}`, { "state.json": `state ${n}`, "config.json": "same" }))!,
    );
  return made;
};

test("what a job does not keep is marked at once, and its own bytes go after the grace; shared ones stay", async () => {
  const store = await aStore();
  const { olga, ada, later, has, world } = store;
  const job = await aJob(store);
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
  });

  later(strayGraceMs - hourMs);
  expect((await runRetention(olga, {})).removed.objects).toBe(0);
  later(2 * hourMs);
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
  const job = await aJob(store);
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
    const job = await aJob(store);
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

describe("bytes nobody refers to", () => {
  const request = (text: string) => ({
    name: "notes",
    description: "",
    permit: {
      deIdentification: "synthetic" as const,
      statement: "made by a generator",
      purposes: [],
    },
    files: [{ path: "a.txt", split: "train", mediaType: "text/plain", ...storedAs(text) }],
  });
  const upload = async (ada: Store["ada"], text: string) => {
    const { uploadId } = await beginDatasetUpload(ada, request(text));
    await receiveDatasetFile(ada, {
      uploadId,
      path: "a.txt",
      body: Readable.from([Buffer.from(text)]),
    });
    return uploadId;
  };
  const sweep = async ({ olga, later }: Store) => {
    await runRetention(olga, {});
    later(strayGraceMs + hourMs);
    return runRetention(olga, {});
  };

  test("given-up, expired and never submitted ones go; those of an open upload and of a version stay", async () => {
    const store = await aStore();
    const { ada, olga, later, has, world } = store;
    await upload(ada, "expired");
    expect((await runRetention(olga, {})).found.objects).toBe(0);
    later(strayGraceMs + 25 * hourMs);
    await finishDatasetUpload(ada, { uploadId: await upload(ada, "version") });
    await abandonDatasetUpload(ada, { uploadId: await upload(ada, "given up") });
    await receiveCodeFile(ada, { ...storedAs("code"), body: Readable.from(["code"]) });
    expect(await runRetention(olga, {})).toMatchObject({
      abandonedUploads: 1,
      found: { objects: 3 },
    });
    later(strayGraceMs + hourMs);
    await upload(ada, "open");
    expect(await runRetention(olga, {})).toMatchObject({ removed: { objects: 3 } });
    const kept = await Promise.all(["expired", "given up", "code", "version", "open"].map(has));
    expect(kept).toEqual([false, false, false, true, true]);
    const uploads = await world.ownerDb
      .select({ status: datasetUpload.status })
      .from(datasetUpload);
    expect(uploads.map(({ status }) => status).toSorted()).toEqual([
      "abandoned",
      "abandoned",
      "finished",
      "open",
    ]);
    expect(await world.ownerDb.select().from(dataset)).toHaveLength(1);
  });

  test("what is wanted again before it goes begins anew, and stays once a job refers to it", async () => {
    const store = await aStore();
    const { ada, olga, later, has, world } = store;
    await aComputeTarget(world);
    const send = () => receiveCodeFile(ada, { ...storedAs("code"), body: Readable.from(["code"]) });
    await send();
    await runRetention(olga, {});
    later(strayGraceMs + hourMs);
    await send();
    expect((await runRetention(olga, {})).removed.objects).toBe(0);
    const spec = JobSpec.parse({
      name: "own",
      kind: "pretrain",
      code: { command: ["python", "main.py"], files: [{ path: "main.py", ...storedAs("code") }] },
      compute: { target: "here" },
      distribution: "none",
    });
    await submitJob(ada, { spec, idempotencyKey: randomUUID() });
    expect((await sweep(store)).removed.objects).toBe(0);
    expect(await has("code")).toBe(true);
  });

  test("what an upload announces by then stays, though its bytes were not sent again yet", async () => {
    const store = await aStore();
    const { ada, olga, later, has, strays } = store;
    await abandonDatasetUpload(ada, { uploadId: await upload(ada, "again") });
    await runRetention(olga, {});
    later(strayGraceMs + hourMs);
    await beginDatasetUpload(ada, request("again"));
    expect((await runRetention(olga, {})).removed.objects).toBe(0);
    expect(await has("again")).toBe(true);
    expect(await strays()).toEqual([]);
  });

  test("bytes that are sent while they are being removed are refused, and taken once that is over", async () => {
    const store = await aStore();
    const { ada, olga, later, has } = store;
    await abandonDatasetUpload(ada, { uploadId: await upload(ada, "late") });
    await runRetention(olga, {});
    later(strayGraceMs + hourMs);
    const busy = {
      ...olga,
      store: {
        ...olga.store,
        remove: async (name: string) => {
          await expect(upload(ada, "late")).rejects.toMatchObject({ code: "conflict" });
          return olga.store.remove(name);
        },
      },
    };
    expect((await runRetention(busy, {})).removed.objects).toBe(1);
    await finishDatasetUpload(ada, { uploadId: await upload(ada, "late") });
    expect(await has("late")).toBe(true);
  });

  test("another organization's bytes are neither looked at nor counted", async () => {
    const store = await aStore();
    const { olga, world } = store;
    const other = newId("organization");
    const name = blobName(other, sha256("theirs"));
    await olga.store.put(name, Readable.from(["theirs"]));
    await sweep(store);
    expect(await olga.store.stat(name)).not.toBeNull();
    expect(world.organizationId).not.toBe(other);
  });

  test("what the store holds is kept, told, and tried again after a day", async () => {
    const store = await aStore();
    const { ada, olga, later, has } = store;
    await abandonDatasetUpload(ada, { uploadId: await upload(ada, "under hold") });
    await abandonDatasetUpload(ada, { uploadId: await upload(ada, "free") });
    await runRetention(olga, {});
    later(strayGraceMs + hourMs);
    const holding = {
      ...olga,
      store: {
        ...olga.store,
        remove: async (name: string) => {
          if (name === nameOf(store.world, "under hold"))
            throw new DomainError("conflict", "A legal hold keeps this object.");
          return olga.store.remove(name);
        },
      },
    };
    expect(await runRetention(holding, {})).toMatchObject({
      removed: { objects: 1 },
      held: 1,
      problem: null,
    });
    expect([await has("under hold"), await has("free")]).toEqual([true, false]);
    expect((await showRetention(olga)).held).toMatchObject([
      { name: nameOf(store.world, "under hold"), refusal: "A legal hold keeps this object." },
    ]);
    expect(await runRetention(olga, {})).toMatchObject({ removed: { objects: 0 } });
    later(25 * hourMs);
    expect(await runRetention(olga, {})).toMatchObject({ removed: { objects: 1 }, held: 0 });
    expect(await has("under hold")).toBe(false);
  });

  test("a run that ended in the middle is finished by a later one, and meanwhile its bytes are nobody's", async () => {
    const store = await aStore();
    const { ada, olga, later, has, strays } = store;
    const job = await aJob(store);
    const texts = ["one", "two", "three"];
    for (const text of texts)
      await abandonDatasetUpload(ada, { uploadId: await upload(ada, text) });
    await runRetention(olga, {});
    later(strayGraceMs + hourMs);
    let asked = 0;
    const dying = {
      ...olga,
      store: {
        ...olga.store,
        remove: async (name: string) => {
          if (++asked === 2) throw new Error("the process ends here");
          return olga.store.remove(name);
        },
      },
    };
    await expect(runRetention(dying, {})).rejects.toThrow("the process ends here");
    expect((await strays()).map((row) => row.state).toSorted()).toEqual([
      "removed",
      "removing",
      "removing",
    ]);
    const [left] = (await strays()).filter((row) => row.state === "removing");
    const text = texts.find((one) => nameOf(store.world, one) === left!.name)!;
    await expect(job.commit("checkpoint-9", { "state.json": text })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await runRetention(olga, {})).removed.objects).toBe(0);
    later(removalTakeOverMs + 1000);
    expect(await runRetention(olga, {})).toMatchObject({ removed: { objects: 2 } });
    expect(await Promise.all(texts.map(has))).toEqual([false, false, false]);
    expect(await job.commit("checkpoint-9", { "state.json": text })).toMatchObject({
      state: "committed",
    });
    expect(await has(text)).toBe(true);
  });

  test("a store that does not answer ends the run; what it was not asked for yet is free at once", async () => {
    const store = await aStore();
    const { ada, olga, later, strays } = store;
    for (const text of ["one", "two", "three"])
      await abandonDatasetUpload(ada, { uploadId: await upload(ada, text) });
    await runRetention(olga, {});
    later(strayGraceMs + hourMs);
    const silent = {
      ...olga,
      store: {
        ...olga.store,
        remove: async () => Promise.reject(new DomainError("unavailable", "It is busy.")),
      },
    };
    expect(await runRetention(silent, {})).toMatchObject({
      removed: { objects: 0 },
      problem: "It is busy.",
      more: true,
    });
    expect((await strays()).map((row) => row.state).toSorted()).toEqual([
      "found",
      "found",
      "removing",
    ]);
  });

  test("a checkpoint committed while its bytes are being taken is never left without them", async () => {
    const store = await aStore();
    const { ada, olga, system, later, has } = store;
    const job = await aJob(store);
    for (let round = 1; round <= 10; round++) {
      const text = `raced ${round}`;
      await abandonDatasetUpload(ada, { uploadId: await upload(ada, text) });
      await runRetention(olga, {});
      later(strayGraceMs + hourMs);
      const committed = job.commit(`checkpoint-${round}`, { "state.json": text }, system);
      const [made] = await Promise.allSettled([committed, runRetention(olga, {})]);
      if (made.status === "rejected") expect(made.reason).toMatchObject({ code: "conflict" });
      else expect(await has(text)).toBe(true);
      // Whoever was refused comes again.
      await job.commit(`checkpoint-${round}`, { "state.json": text }, system);
      expect(await has(text)).toBe(true);
    }
  });

  test("bytes that were taken between the look at the store and the commit refuse the commit", async () => {
    const store = await aStore();
    const { ada, olga, system, later, has } = store;
    const job = await aJob(store);
    await abandonDatasetUpload(ada, { uploadId: await upload(ada, "slow") });
    await runRetention(olga, {});
    // The worst case: the attempt's bytes are seen, then the commit waits longer than the whole grace.
    const slow = {
      ...system,
      store: {
        ...system.store,
        put: async (...input: Parameters<typeof system.store.put>) => {
          const put = await system.store.put(...input);
          if (input[0].includes("/checkpoint/")) {
            await runRetention(olga, {});
            later(strayGraceMs + hourMs);
            expect((await runRetention(olga, {})).removed.objects).toBe(1);
          }
          return put;
        },
      },
    };
    await expect(job.commit("checkpoint-1", { "state.json": "slow" }, slow)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await job.commit("checkpoint-1", { "state.json": "slow" })).toMatchObject({
      state: "committed",
    });
    expect(await has("slow")).toBe(true);
  });

  test("two runs at once claim nothing twice", async () => {
    const store = await aStore();
    const { ada, olga, later } = store;
    for (let n = 0; n < 6; n++)
      await abandonDatasetUpload(ada, { uploadId: await upload(ada, `twice ${n}`) });
    await runRetention(olga, {});
    later(strayGraceMs + hourMs);
    const claims = await Promise.all([1, 2, 3].map(() => claimStrays(olga, { limit: 4 })));
    const names = claims.flat().map(({ name }) => name);
    expect(names).toHaveLength(6);
    expect(new Set(names).size).toBe(6);
  });
});

test("only an operator sees it and runs it", async () => {
  const { ada, olga } = await aStore();
  await expect(showRetention(ada)).rejects.toMatchObject({ code: "forbidden" });
  await expect(runRetention(ada, {})).rejects.toMatchObject({ code: "forbidden" });
  expect(await showRetention(olga)).toMatchObject({ checkpoints: [], expiredUploads: 0, held: [] });
});
