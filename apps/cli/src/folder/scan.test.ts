import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { failureOf } from "../failure.ts";
import { scanFolder } from "./scan.ts";
import { inSplits } from "./splits.ts";

function aFolder(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "preceptor-scan-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
const refusal = async (root: string) =>
  scanFolder("/", root).then(
    ({ files }) => {
      try {
        inSplits(files);
        return [];
      } catch (error) {
        return failureOf(error).fields;
      }
    },
    (error: unknown) => failureOf(error).fields,
  );

test("first-level folders are the splits, in path order; hidden files are told and left out", async () => {
  const root = aFolder({
    "train/b.jsonl": "{}\n",
    "train/a/x.txt": "x",
    "test/c.bin": "",
    "train/.cache": "",
  });
  const { files, skipped } = await scanFolder("/", root);
  expect(skipped).toEqual(["train/.cache"]);
  expect(
    inSplits(files).map(({ path, split, sizeBytes, mediaType }) => [
      path,
      split,
      sizeBytes,
      mediaType,
    ]),
  ).toEqual([
    ["test/c.bin", "test", 0, "application/octet-stream"],
    ["train/a/x.txt", "train", 1, "text/plain"],
    ["train/b.jsonl", "train", 3, "application/jsonl"],
  ]);
});

describe("refused, and the path is named", () => {
  test("a link, even to a file of the same folder", async () => {
    const root = aFolder({ "train/a.txt": "a" });
    symlinkSync("a.txt", join(root, "train/b.txt"));
    symlinkSync("/etc", join(root, "test"));
    expect((await refusal(root)).map(({ field }) => field).sort()).toEqual(["test", "train/b.txt"]);
  });
  const cases = [
    { name: "a file in no split", path: "a.txt", field: "a.txt" },
    { name: "a split that is no name", path: "Train Set/a.txt", field: "Train Set/" },
    { name: "a name with a backslash", path: "train/a\\b.txt", field: "train/a\\b.txt" },
    { name: "a name with a line break", path: "train/a\nb.txt", field: "train/a\nb.txt" },
  ];
  test.each(cases)("$name", async ({ path, field }) => {
    expect(await refusal(aFolder({ [path]: "x" }))).toMatchObject([{ field }]);
  });
});
