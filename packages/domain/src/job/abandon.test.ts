import { expect, test } from "vitest";
import { ABANDON_AFTER_MS, abandonedAs, whyNotAbandoned } from "./abandon.ts";
import { jobStatuses, type JobStatus } from "./status.ts";

const now = new Date("2026-11-22T12:00:00Z");
const readAgo = (ms: number): Date => new Date(now.getTime() - ms);

test.each<[string, JobStatus, number, RegExp | null]>([
  ["a job of a target silent for long may be abandoned", "unknown", ABANDON_AFTER_MS, null],
  ["one still called running may be too", "running", ABANDON_AFTER_MS, null],
  ["one that waits for its stop to be heard may be too", "cancelling", ABANDON_AFTER_MS, null],
  ["one millisecond early is early", "unknown", ABANDON_AFTER_MS - 1, /come back in 1 minute\./],
  ["one heard a minute ago has to be asked", "running", 60_000, /come back in 29 minutes/],
  ["one that waits is cancelled instead", "queued", ABANDON_AFTER_MS, /cancel it/],
  ["one whose outputs are taken in runs no more", "finalizing", ABANDON_AFTER_MS, /taken in/],
  ["one that has ended stays as it is", "failed", ABANDON_AFTER_MS, /has ended/],
])("%s", (_, status, ms, why) => {
  const said = whyNotAbandoned({ status, lastReadAt: readAgo(ms) }, now);
  if (why === null) expect(said).toBeNull();
  else expect(said).toMatch(why);
});

test("who was asked to stop ends as stopped, everybody else as failed", () => {
  const may = jobStatuses.filter(
    (status) => whyNotAbandoned({ status, lastReadAt: readAgo(ABANDON_AFTER_MS) }, now) === null,
  );
  expect(Object.fromEntries(may.map((status) => [status, abandonedAs(status)]))).toEqual({
    starting: "failed",
    running: "failed",
    unknown: "failed",
    cancelling: "cancelled",
  });
});
