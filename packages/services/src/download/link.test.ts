import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { audit, checkpoint, datasetVersion } from "@preceptor/db";
import type { DownloadSource, LinkDownload } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { ServiceContext } from "../context.ts";
import { beginDatasetUpload, finishDatasetUpload, receiveDatasetFile } from "../dataset/index.ts";
import { aTrainedModel } from "../testing/a-trained-model.ts";
import { aWorld } from "../testing/index.ts";
import { linkDownload } from "./index.ts";

const rows = '{"subject":"a","text":"synthetic"}\n';
const sha256 = createHash("sha256").update(rows).digest("hex");
const path = "train/a.jsonl";

async function aDatasetOf(ada: ServiceContext): Promise<string> {
  const { uploadId } = await beginDatasetUpload(ada, {
    name: "notes",
    description: "",
    permit: { deIdentification: "synthetic", statement: "made by a generator", purposes: [] },
    files: [
      {
        path,
        split: "train",
        sha256,
        sizeBytes: rows.length,
        mediaType: "application/jsonl",
      },
    ],
  });
  await receiveDatasetFile(ada, { uploadId, path, body: Readable.from([Buffer.from(rows)]) });
  return (await finishDatasetUpload(ada, { uploadId })).id;
}

/** Files of all three kinds, with their bytes in the store. */
async function aHouse() {
  const world = await aWorld();
  const ada = await world.aMember("Ada", "engineer");
  const dataset = await aDatasetOf(ada);
  const model = await aTrainedModel(world, ada, "summary");
  const [file] = model.files;
  if (file === undefined) throw new Error("the model has no file");
  const blob = blobName(world.organizationId, file.sha256);
  if ((await ada.store.stat(blob)) === null)
    await ada.store.put(blob, Readable.from([Buffer.alloc(file.sizeBytes)]));
  const asked: Record<DownloadSource, LinkDownload> = {
    "dataset-version": { from: "dataset-version", id: dataset, path },
    "model-version": { from: "model-version", id: model.id, path: file.path },
    checkpoint: { from: "checkpoint", id: model.checkpointId, path: file.path },
  };
  const entries = async () =>
    (await world.ownerDb.select().from(audit)).filter(({ action }) => action.endsWith(".download"));
  return { world, ada, asked, file, entries };
}

test("each link is in the log, with who got it and the digest of which file, and tells nothing else", async () => {
  const { ada, asked, file, entries } = await aHouse();
  const linked = await linkDownload(ada, asked["dataset-version"]);
  expect(linked).toMatchObject({
    url: null,
    fileName: "notes-1-train-a.jsonl",
    sizeBytes: rows.length,
    sha256,
  });
  expect(linked.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(5 * 60_000);
  await linkDownload(ada, asked["model-version"]);
  await linkDownload(ada, asked.checkpoint);
  const digest = `sha256:${file.sha256}`;
  const actorId = ada.caller.userId;
  expect(await entries()).toMatchObject([
    { action: "dataset-version.download", actorId, evidence: `sha256:${sha256}` },
    { action: "model.download", nounId: asked["model-version"].id, evidence: digest },
    { action: "checkpoint.download", nounId: asked.checkpoint.id, evidence: digest },
  ]);
});

test("board, auditors and partners get no link, nor does another organization, and nothing is recorded", async () => {
  const { world, asked, entries } = await aHouse();
  const others = await aWorld();
  const eve = await others.aMember("Eve", "engineer");
  for (const role of ["board", "auditor", "partner"] as const) {
    const member = await world.aMember(`The ${role}`, role);
    for (const input of Object.values(asked))
      await expect(linkDownload(member, input)).rejects.toMatchObject({ code: "forbidden" });
  }
  for (const input of Object.values(asked)) {
    const reaching = linkDownload({ ...eve, db: world.db }, input);
    await expect(reaching).rejects.toMatchObject({ code: "not-found" });
  }
  await expect(linkDownload(world.system, asked.checkpoint)).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await entries()).toEqual([]);
});

test("no link for a path that is not in the list, an ended permit, a refused checkpoint or bytes that are gone", async () => {
  const { world, ada, asked, file, entries } = await aHouse();
  const elsewhere = { ...asked.checkpoint, path: "other.safetensors" };
  await expect(linkDownload(ada, elsewhere)).rejects.toMatchObject({ code: "not-found" });
  const permit = {
    deIdentification: "synthetic" as const,
    statement: "made by a generator",
    purposes: [],
    expiresAt: "2020-01-01T00:00:00Z",
  };
  await world.ownerDb
    .update(datasetVersion)
    .set({ permit })
    .where(eq(datasetVersion.id, asked["dataset-version"].id));
  await expect(linkDownload(ada, asked["dataset-version"])).rejects.toThrow(/permit .* expired/);
  await world.ownerDb
    .update(checkpoint)
    .set({ state: "refused", refusal: "a pickle file" })
    .where(eq(checkpoint.id, asked.checkpoint.id));
  await expect(linkDownload(ada, asked.checkpoint)).rejects.toThrow(/was refused/);
  await ada.store.remove(blobName(world.organizationId, file.sha256));
  await expect(linkDownload(ada, asked["model-version"])).rejects.toThrow(/no longer in storage/);
  expect(await entries()).toEqual([]);
});
