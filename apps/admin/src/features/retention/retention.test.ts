import { expect, test } from "vitest";
import { consequences, removesNothing } from "./outlook.ts";
import type { Outlook, Run } from "./retention-type.ts";
import { runFacts } from "./run-facts.ts";
import { amountText, digestIn } from "./words.ts";

type Seen = Parameters<typeof removesNothing>[0];
const none = { objects: 0, bytes: 0 };
const nothing: Seen = {
  checkpoints: [],
  more: false,
  expiredUploads: 0,
  due: { ...none, since: null },
};
const due = { objects: 2, bytes: 3_400_000_000, since: "2026-01-01T00:00:00Z" };
const checkpoint = (id: string, sizeBytes: number): Outlook["checkpoints"][number] => ({
  id,
  jobId: "job_1",
  jobName: "a-job",
  name: id,
  step: 1,
  createdAt: "2026-01-01T00:00:00Z",
  sizeBytes,
  reason: "keep last 1",
});

test.each<readonly [string, Seen, boolean]>([
  ["no part has anything", nothing, true],
  ["bytes are due", { ...nothing, due }, false],
  [
    "a job has a checkpoint too many",
    { ...nothing, checkpoints: [checkpoint("checkpoint-1", 9)] },
    false,
  ],
  ["an upload is overdue", { ...nothing, expiredUploads: 1 }, false],
  ["not every job could be looked at", { ...nothing, more: true }, false],
])("whether nothing is to be removed: %s", (_, outlook, expected) => {
  expect(removesNothing(outlook)).toBe(expected);
});

test("what is confirmed says each kind that goes, how much, and no other", () => {
  expect(consequences({ ...nothing, due })).toEqual(["2 objects, 3.4 GB, leave the store."]);
  const all = consequences({
    due: { ...due, objects: 1 },
    checkpoints: [checkpoint("checkpoint-1", 500_000), checkpoint("checkpoint-2", 700_000)],
    more: true,
    expiredUploads: 1,
  });
  expect(all.map((sentence) => sentence.split(":")[0])).toEqual([
    "1 object, 3.4 GB, leaves the store.",
    "2 checkpoints, 1.2 MB, are marked as removed",
    "Checkpoints that are not counted here may be marked as removed too.",
    "1 unfinished upload is ended.",
  ]);
});

test("a run with nothing due still says what it does", () => {
  expect(consequences(nothing)).toEqual([
    expect.stringMatching(/^Nothing is due now\..* 48 hours later at the earliest\.$/),
  ]);
});

const idle: Run = {
  checkpoints: none,
  abandonedUploads: 0,
  found: none,
  removed: none,
  held: 0,
  problem: null,
  more: false,
};

test("what a run did is told whole, and what did not happen is left out", () => {
  expect(runFacts(idle)).toEqual([
    ["Left the store", "nothing"],
    ["Marked as removed", "nothing"],
  ]);
  const run: Run = {
    ...idle,
    removed: { objects: 1204, bytes: 12_300_000 },
    checkpoints: { objects: 1, bytes: 18 },
    abandonedUploads: 2,
    found: { objects: 1, bytes: 18 },
    held: 1,
  };
  expect(runFacts(run).map(([, value]) => value)).toEqual([
    "1,204 objects, 12.3 MB",
    "1 checkpoint, 18 B",
    "2 uploads",
    "1 object, 18 B; due in 48 hours",
    "1 object; asked for again in a day",
  ]);
});

test("an object is shown by the digest in its name, whatever the organization is called", () => {
  const digest = "ab".repeat(32);
  expect(digestIn(`org_1/blob/ab/${digest}`)).toBe(digest);
  expect(digestIn("org_1/report.json")).toBeNull();
  expect(amountText(none, "checkpoint")).toBe("nothing");
});
