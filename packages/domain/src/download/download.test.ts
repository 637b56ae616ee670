import { expect, test } from "vitest";
import { mayDo } from "../access/permission.ts";
import { roles } from "../access/role.ts";
import { downloadActions, downloadName, downloadSources, heldBack } from "./download.ts";

const now = new Date("2026-05-01T12:00:00Z");
const permit = { deIdentification: "synthetic" as const, statement: "made up", purposes: [] };

test.each(downloadSources)(
  "engineers and operators alone take files of a %s away; board, auditors and partners never",
  (source) => {
    const able = roles.filter((role) => mayDo([role], downloadActions[source]));
    expect(able).toEqual(["engineer", "operator"]);
  },
);

test.each([
  ["a permit without an end", { permit }, null],
  ["a permit that goes on", { permit: { ...permit, expiresAt: "2026-05-01T12:00:01Z" } }, null],
  ["a permit that ended", { permit: { ...permit, expiresAt: "2026-05-01T12:00:00Z" } }, /expired/],
  [
    "a permit that ended elsewhere",
    { permit: { ...permit, expiresAt: "2026-05-01T13:59:00+02:00" } },
    /expired/,
  ],
  ["a committed checkpoint", { state: "committed" as const }, null],
  ["a checkpoint that retention removed", { state: "removed" as const }, /Retention/],
  ["a refused checkpoint", { state: "refused" as const }, /refused/],
])("what %s says of its files", (_, source, expected) => {
  const why = heldBack(source, now);
  if (expected === null) expect(why).toBeNull();
  else expect(why).toMatch(expected);
});

test.each([
  ["notes-1", "train/a.jsonl", "notes-1-train-a.jsonl"],
  ["summary-2", "model.safetensors", "summary-2-model.safetensors"],
  ["a job, of müller", "x/..hidden", "a-job-of-mu-ller-x-.hidden"],
  ["j", 'a"; filename="evil.exe', "j-a-filename-evil.exe"],
  ["j", "line\r\nset-cookie: a", "j-line-set-cookie-a"],
  ["", "…", "file"],
  ["con", "nul", "con-nul"],
])("a file of %j at %j is saved as %j", (owner, path, name) => {
  expect(downloadName(owner, path)).toBe(name);
});

test("a long name keeps its end", () => {
  const name = downloadName("a".repeat(300), "weights.safetensors");
  expect(name.length).toBe(150);
  expect(name).toMatch(/-weights\.safetensors$/);
});
