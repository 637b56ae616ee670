import { expect, test } from "vitest";
import { endingOf, type Ended } from "./ending.ts";
import { readMarks } from "./marks.ts";
import type { RunDetails } from "./wire.ts";

const said = (code: string, message: string, inner = ""): RunDetails => ({
  error: { error: { code, message, innerError: { code: inner } } },
});
const secret = "patient Jane Roe, born 1950";

const cases: readonly [sentence: string, Partial<Ended>, marks: string[], expected: object][] = [
  ["completed -> succeeded", { status: "Completed" }, [], { kind: "succeeded" }],
  [
    "a process of rank 1 marked code 3 -> exit-code, whatever Azure says",
    { details: said("ServiceError", "quota") },
    ["started-0", "exit-1-node-1-code-3", "exit-0-node-0-signal-15"],
    { kind: "failed", cause: "exit-code", processes: [{ exitCode: 143 }, { exitCode: 3 }] },
  ],
  [
    "a ticket somebody had used -> start-refused, whatever its code",
    {},
    ["started-0", "ticket-0-used", "exit-1-node-0-signal-15"],
    { kind: "failed", cause: "start-refused", message: expect.stringContaining("audit log") },
  ],
  [
    "nobody answered for the ticket -> start-refused, with the address to look at",
    {},
    ["started-0", "ticket-0-unreachable"],
    { kind: "failed", message: expect.stringContaining("PRECEPTOR_PUBLIC_URL") },
  ],
  [
    "killed while the kernel counted a kill for memory -> out-of-memory",
    {},
    ["exit-0-node-0-memory-9"],
    { kind: "failed", cause: "out-of-memory" },
  ],
  [
    "killed by a signal and no such count -> killed-by-signal",
    {},
    ["exit-0-node-0-signal-9"],
    { kind: "failed", cause: "killed-by-signal" },
  ],
  [
    "no mark, Azure saw exit code 137 -> out-of-memory",
    { details: said("UserError", "Execution failed: exit code 137") },
    [],
    { kind: "failed", cause: "out-of-memory" },
  ],
  [
    "the image could not be built -> environment-failed",
    { details: said("UserError", "", "ImageBuildFailure") },
    [],
    { kind: "failed", cause: "environment-failed" },
  ],
  [
    "the datastore refused -> input-unavailable",
    { details: said("UserError", "ScriptExecution.StreamAccess.Authentication") },
    [],
    { kind: "failed", cause: "input-unavailable" },
  ],
  [
    "an input folder was not there -> input-unavailable",
    { details: said("UserError", "exit code 66") },
    ["started-0", "unavailable-0"],
    { kind: "failed", cause: "input-unavailable" },
  ],
  [
    "a file is not as recorded -> input-unavailable, and the sentence names it and what to do",
    {
      wrongInput: {
        input: "train_set",
        why: "digest",
        path: "deep/a.txt",
        digest: "a".repeat(64),
      },
    },
    ["started-0", "unavailable-0"],
    {
      kind: "failed",
      cause: "input-unavailable",
      message: expect.stringMatching(
        /^input train_set: deep\/a\.txt: .*remove preceptor\/inputs\/a{64} and preceptor\/inputs\/a{64}\.staged/,
      ),
    },
  ],
  [
    "more written than the quota, whatever the others ended with -> disk-quota",
    { details: said("UserError", "exit code 73") },
    ["started-0", "quota-0-used-2000000000-of-1000000000", "exit-1-node-1-signal-15"],
    { kind: "failed", cause: "disk-quota", message: expect.stringMatching(/hold 2 GB/) },
  ],
  [
    "no machines could be had -> start-refused",
    { details: said("UserError", "AllocationFailed: SkuNotAvailable") },
    [],
    { kind: "failed", cause: "start-refused" },
  ],
  [
    "cancelled by Azure at its time limit -> timeout",
    { status: "Canceled", details: said("UserError", "", "JobTimedOut") },
    ["started-0", "exit-0-node-0-signal-15"],
    { kind: "failed", cause: "timeout" },
  ],
  [
    "cancelled after running as long as it might -> timeout",
    {
      status: "Canceled",
      details: { startTimeUtc: "2026-01-01T00:00:00Z", endTimeUtc: "2026-01-01T01:00:01Z" },
    },
    ["started-0"],
    { kind: "failed", cause: "timeout" },
  ],
  [
    "cancelled earlier -> cancelled",
    {
      status: "Canceled",
      details: { startTimeUtc: "2026-01-01T00:00:00Z", endTimeUtc: "2026-01-01T00:10:00Z" },
    },
    ["started-0"],
    { kind: "cancelled" },
  ],
  [
    "cancelled and nothing is known -> cancelled",
    { status: "Canceled" },
    [],
    { kind: "cancelled" },
  ],
  [
    "begun a second time by Azure -> preempted",
    { details: said("UserError", "exit code 75") },
    ["started-0", "restarted-0"],
    { kind: "preempted" },
  ],
  [
    "failed with Azure's word for it -> preempted",
    {
      details: said(
        "UserError",
        "AzureMLCompute job failed. PreemptionError: Nodes got pre-empted.",
      ),
    },
    ["started-0", "exit-0-node-0-signal-15"],
    { kind: "preempted" },
  ],
  [
    "ended by us after its nodes were taken -> preempted",
    { status: "Canceled", details: { warnings: [{ message: "The node was preempted." }] } },
    ["started-0"],
    { kind: "preempted" },
  ],
  [
    "a program that only prints the word and ends with a code -> exit-code",
    { details: said("UserError", "exited with status code 2. Error: row was preempted") },
    ["started-0", "exit-0-node-0-code-2"],
    { kind: "failed", cause: "exit-code" },
  ],
  [
    "stopped by the watchdog before it began -> start-refused",
    { status: "Canceled" },
    ["overdue-queued"],
    { kind: "failed", cause: "start-refused" },
  ],
  [
    "stopped by the watchdog while queued again after a preemption -> preempted",
    { status: "Canceled" },
    ["started-0", "overdue-queued"],
    { kind: "preempted" },
  ],
  [
    "stopped by the watchdog while its image was built -> environment-failed",
    { status: "Canceled" },
    ["overdue-preparing"],
    { kind: "failed", cause: "environment-failed" },
  ],
  [
    "what a program printed is never repeated",
    { details: said("UserError", `exited with status code 1. Error: ${secret}`) },
    [],
    { kind: "failed", cause: "exit-code" },
  ],
];

test.for(cases)("%s", ([, ended, marks, expected]) => {
  const ending = endingOf({
    status: "Failed",
    shape: { nodes: 2, processesPerNode: 1 },
    timeout: "PT3600S",
    details: null,
    ...ended,
    marks: readMarks(marks),
  });
  expect(ending).toMatchObject(expected);
  expect(JSON.stringify(ending)).not.toContain(secret);
});
