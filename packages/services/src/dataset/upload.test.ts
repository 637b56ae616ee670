import { createHash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import type { BeginDatasetUpload } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { describe, expect, test } from "vitest";
import { aWorld } from "../testing/index.ts";
import {
  beginDatasetUpload,
  finishDatasetUpload,
  getDataset,
  listDatasets,
  receiveDatasetFile,
} from "./index.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const jsonl =
  '{"subject":"a","text":"x"}\n{"subject":"b","text":"y"}\n{"subject":"a","text":"z"}\n';
const request = (text: string, more: Partial<BeginDatasetUpload> = {}): BeginDatasetUpload => ({
  name: "notes",
  description: "",
  permit: { deIdentification: "synthetic", statement: "made by a generator", purposes: [] },
  subjectField: "subject",
  files: [
    {
      path: "train/a.jsonl",
      split: "train",
      sha256: sha256(text),
      sizeBytes: Buffer.byteLength(text),
      mediaType: "application/jsonl",
    },
  ],
  ...more,
});

async function aRegistrar() {
  const world = await aWorld();
  return world.aMember("Ada", "engineer");
}

test("a dataset is registered: rows, patients and a root digest, and a second upload is version 2", async () => {
  const ada = await aRegistrar();
  for (const version of [1, 2]) {
    const { uploadId } = await beginDatasetUpload(ada, request(jsonl));
    await receiveDatasetFile(ada, {
      uploadId,
      path: "train/a.jsonl",
      body: Readable.from([Buffer.from(jsonl)]),
    });
    const made = await finishDatasetUpload(ada, { uploadId });
    expect(made).toMatchObject({
      name: "notes",
      version,
      splits: [{ name: "train", rows: 3, subjects: 2, files: 1 }],
    });
    expect((await finishDatasetUpload(ada, { uploadId })).id).toBe(made.id);
  }
  expect((await listDatasets(ada, {})).items).toMatchObject([
    { name: "notes", latestVersion: 2, versions: 2, rows: 3 },
  ]);
  expect((await getDataset(ada, { name: "notes", version: 1 })).versions).toHaveLength(2);
});

test("saying the same again goes on with the open upload, for the same member only", async () => {
  const world = await aWorld();
  const [ada, ben] = [
    await world.aMember("Ada", "engineer"),
    await world.aMember("Ben", "engineer"),
  ];
  const second = { ...request(jsonl).files[0]!, path: "test/b.jsonl", split: "test" };
  const both = request(jsonl, { files: [...request(jsonl).files, second] });
  const { uploadId } = await beginDatasetUpload(ada, both);
  await receiveDatasetFile(ada, {
    uploadId,
    path: "train/a.jsonl",
    body: Readable.from([Buffer.from(jsonl)]),
  });
  expect(await beginDatasetUpload(ada, both)).toEqual({ uploadId, missing: ["test/b.jsonl"] });
  expect((await beginDatasetUpload(ben, both)).uploadId).not.toBe(uploadId);
  expect((await beginDatasetUpload(ada, request(jsonl))).uploadId).not.toBe(uploadId);
});

describe("what is refused leaves nothing behind", () => {
  const cases = [
    {
      name: "bytes whose digest is not what was said",
      sent: jsonl.replace("x", "w"),
      code: "digest-mismatch",
    },
    { name: "a stream that goes on past its size", sent: jsonl + jsonl, code: "invalid" },
    { name: "a row that is not JSON", said: "nonsense\n", sent: "nonsense\n", code: "invalid" },
    {
      name: "a row without its patient",
      said: '{"text":1}\n',
      sent: '{"text":1}\n',
      code: "invalid",
    },
  ];
  for (const { name, said = jsonl, sent, code } of cases) {
    test(name, async () => {
      const ada = await aRegistrar();
      const { uploadId } = await beginDatasetUpload(ada, request(said));
      await expect(
        receiveDatasetFile(ada, {
          uploadId,
          path: "train/a.jsonl",
          body: Readable.from([Buffer.from(sent)]),
        }),
      ).rejects.toMatchObject({ code });
      expect(await ada.store.stat(blobName(ada.caller.organizationId, sha256(said)))).toBeNull();
      await expect(finishDatasetUpload(ada, { uploadId })).rejects.toMatchObject({
        code: "conflict",
        field: "files",
      });
    });
  }

  test("an upload cut in the middle", async () => {
    const ada = await aRegistrar();
    const { uploadId } = await beginDatasetUpload(ada, request(jsonl));
    const body = new PassThrough();
    const received = receiveDatasetFile(ada, { uploadId, path: "train/a.jsonl", body });
    body.write(jsonl.slice(0, 20), () => body.destroy());
    await expect(received).rejects.toThrow();
    expect(await ada.store.stat(blobName(ada.caller.organizationId, sha256(jsonl)))).toBeNull();
  });

  const paths = ["../x.jsonl", "/etc/x.jsonl", "a/../../x", "a//b", "C:/x", "a\\b"];
  for (const path of paths) {
    test(`the path ${JSON.stringify(path)}`, async () => {
      const ada = await aRegistrar();
      const files = [{ ...request(jsonl).files[0]!, path }];
      await expect(beginDatasetUpload(ada, request(jsonl, { files }))).rejects.toThrow(
        /stay inside its folder/,
      );
    });
  }

  test("a file where another needs a folder", async () => {
    const ada = await aRegistrar();
    const [file] = request(jsonl).files;
    const files = [file!, { ...file!, path: `${file!.path}/b.jsonl` }];
    await expect(beginDatasetUpload(ada, request(jsonl, { files }))).rejects.toMatchObject({
      code: "invalid",
      field: "files.1.path",
    });
  });

  test("data that is not de-identified", async () => {
    const ada = await aRegistrar();
    const permit = { deIdentification: "none" as const, statement: "none at all", purposes: [] };
    await expect(beginDatasetUpload(ada, request(jsonl, { permit }))).rejects.toMatchObject({
      field: expect.stringContaining("permit"),
    });
  });
});
