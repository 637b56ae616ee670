import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { dataset, datasetUpload } from "@preceptor/db";
import { DomainError, JobSpec, removalTakeOverMs, strayGraceMs } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { expect, test } from "vitest";
import {
  abandonDatasetUpload,
  beginDatasetUpload,
  finishDatasetUpload,
  receiveDatasetFile,
} from "../dataset/index.ts";
import { receiveCodeFile, submitJob } from "../job/index.ts";
import { aKeepingJob, aStore, nameOf, storedAs, type Store } from "../testing/a-store.ts";
import { aComputeTarget, newId } from "../testing/index.ts";
import { claimStrays } from "./claim-strays.ts";
import { runRetention, showRetention } from "./index.ts";

const hourMs = 3_600_000;

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
  const uploads = await world.ownerDb.select({ status: datasetUpload.status }).from(datasetUpload);
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
  const name = blobName(other, storedAs("theirs").sha256);
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
  const job = await aKeepingJob(store);
  const texts = ["one", "two", "three"];
  for (const text of texts) await abandonDatasetUpload(ada, { uploadId: await upload(ada, text) });
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
  const job = await aKeepingJob(store);
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
  const job = await aKeepingJob(store);
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
