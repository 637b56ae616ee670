import { expect, test } from "vitest";
import { pathClash } from "./manifest.ts";

test.each([
  ["paths that differ lie beside one another", ["a.jsonl", "b/a.jsonl", "b/c.jsonl"], null],
  ["a path named twice", ["a", "b", "a"], 2],
  ["a folder where a file is", ["a.jsonl", "x", "a.jsonl/b.jsonl"], 2],
  ["a file where a folder is", ["a/b/c.jsonl", "a/b"], 1],
  ["a deep folder where a file is", ["a/b", "a/b/c/d"], 1],
  ["names that only begin alike", ["ab", "a/b", "abc/d"], null],
])("%s", (_name, paths, index) => {
  expect(pathClash(paths)?.index ?? null).toBe(index);
});
