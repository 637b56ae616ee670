import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advance, type AttemptFacts, type JobDecision, type JobFacts } from "./advance.ts";
import type { CostFacts } from "./cost.ts";
import type { AttemptObservation } from "./observation.ts";
import { jobStatuses, terminalJobStatuses, type JobStatus } from "./status.ts";
import { isTerminal, jobEvents, statusesBefore, transition } from "./transition.ts";

const now = new Date("2026-05-01T12:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);
const timing = { silentAfterMs: 20_000, leaseMs: 120_000 };
const running: AttemptObservation = { kind: "running", processes: [] };
const failed = (cause: "exit-code" | "killed-by-signal" | "timeout"): AttemptObservation => ({
  kind: "failed",
  cause,
  message: "it ended",
  processes: [],
});

function decide(
  job: Partial<JobFacts>,
  attempt: Partial<AttemptFacts> | null,
  seen: AttemptObservation | null,
): JobDecision {
  return advance(
    { status: "running", attemptCount: 1, maxAttempts: 3, cost: null, ...job },
    attempt && { lastHeardAt: now, hasHandle: true, ...attempt },
    seen,
    now,
    timing,
  );
}
const brief = (decision: JobDecision): string => {
  const { kind } = decision;
  if (kind === "move") return `${decision.event} because ${decision.reason}`;
  if (kind === "fence")
    return `fence, then ${decision.after.event} because ${decision.after.reason}`;
  return kind;
};

const hourMs = 3_600_000;
/** 2 nodes at 10 USD an hour; one attempt of 30 minutes before, and the one at hand since `startedAt`. */
const spending = (startedAt: Date | null, limit = 20): { cost: CostFacts } => ({
  cost: {
    price: { instanceType: "Standard_A100", tier: "spot", perNodeHour: 10, currency: "USD" },
    nodes: 2,
    limit: { amount: limit, currency: "USD" },
    attempts: [
      { startedAt: ago(9 * hourMs), endedAt: ago(8.5 * hourMs) },
      { startedAt, endedAt: null },
    ],
  },
});

describe("a cost limit", () => {
  test.each<[string, JobDecision, string]>([
    ["not reached yet -> goes on", decide(spending(ago(hourMs / 2 - 10_000)), {}, running), "wait"],
    [
      "reached by all attempts together -> stopped on the cluster",
      decide(spending(ago(hourMs / 2)), {}, running),
      "cancel",
    ],
    [
      "reached, and the cluster says it is stopped -> failed by its own reason",
      decide(spending(ago(hourMs)), {}, { kind: "cancelled" }),
      "fail because cost-limit",
    ],
    [
      "reached while preempted -> no further attempt",
      decide(spending(ago(hourMs)), {}, { kind: "preempted", message: "spot" }),
      "fail because cost-limit",
    ],
    [
      "reached in the moment it ended well -> what it made is kept",
      decide(spending(ago(hourMs)), {}, { kind: "succeeded", processes: [] }),
      "finish because null",
    ],
    [
      "reached while silent -> asked to stop, not taken for stopped",
      decide(
        spending(ago(hourMs)),
        { lastHeardAt: ago(60_000) },
        { kind: "unknown", message: "503" },
      ),
      "cancel",
    ],
    [
      "reached and silent past its lease -> asked to stop, until its end is seen",
      decide(
        spending(ago(hourMs)),
        { lastHeardAt: ago(121_000) },
        { kind: "unknown", message: "503" },
      ),
      "cancel",
    ],
    [
      "reached and no longer known past its lease -> fenced, then failed",
      decide(spending(ago(hourMs)), { lastHeardAt: ago(121_000) }, { kind: "gone" }),
      "fence, then fail because cost-limit",
    ],
    [
      "waiting in the queue costs nothing",
      decide({ status: "starting", ...spending(null) }, {}, { kind: "queued", message: "" }),
      "wait",
    ],
    [
      "a price without a limit stops nothing",
      decide({ cost: { ...spending(ago(90 * hourMs)).cost, limit: null } }, {}, running),
      "wait",
    ],
    [
      "a member's wish to cancel comes first",
      decide({ status: "cancelling", ...spending(ago(hourMs)) }, {}, { kind: "cancelled" }),
      "stop because cancelled-by-member",
    ],
  ])("%s", (_, decision, expected) => {
    expect(brief(decision)).toBe(expected);
  });

  test("what was spent and what was allowed are told", () => {
    expect(decide(spending(ago(hourMs)), {}, { kind: "cancelled" })).toMatchObject({
      message: "It came to 30.00 USD; limits.maxCost is 20.00 USD.",
    });
  });
});

const outage: AttemptObservation = { kind: "unknown", message: "401", outage: true };
const says = (since: Date): AttemptObservation => ({
  kind: "unknown",
  message: "It says Paused.",
  sinceMs: since.getTime(),
  patienceMs: 6 * hourMs,
});
const givenUp: Partial<AttemptFacts> = { givenUp: { reason: "silent", message: "503" } };

describe("advance", () => {
  test.each<[string, JobDecision, string]>([
    [
      "queued -> start an attempt",
      decide({ status: "queued", attemptCount: 0 }, null, null),
      "start",
    ],
    [
      "starting, its worker died before handing it over -> hand the same attempt over",
      decide({ status: "starting" }, { hasHandle: false }, { kind: "gone" }),
      "start",
    ],
    [
      "starting, the environment is being built -> wait",
      decide({ status: "starting" }, {}, { kind: "preparing", message: "pip" }),
      "wait",
    ],
    [
      "starting, processes run -> running",
      decide({ status: "starting" }, {}, running),
      "run because null",
    ],
    ["running and still running -> wait", decide({}, {}, running), "wait"],
    [
      "running, the cluster did not answer once -> wait",
      decide({}, { lastHeardAt: ago(5_000) }, { kind: "unknown", message: "503" }),
      "wait",
    ],
    [
      "running, silent for a while -> unknown, not failed",
      decide({}, { lastHeardAt: ago(30_000) }, { kind: "unknown", message: "503" }),
      "silence because silent",
    ],
    [
      "unknown, within its lease -> wait, no second attempt",
      decide(
        { status: "unknown" },
        { lastHeardAt: ago(100_000) },
        { kind: "unknown", message: "503" },
      ),
      "wait",
    ],
    [
      "unknown, silent past its lease -> fenced before it is replaced",
      decide(
        { status: "unknown" },
        { lastHeardAt: ago(121_000) },
        { kind: "unknown", message: "503" },
      ),
      "fence, then retry because silent",
    ],
    [
      "unknown and heard of again -> running",
      decide({ status: "unknown" }, { lastHeardAt: ago(100_000) }, running),
      "run because null",
    ],
    [
      "running, the cluster no longer knows it, lease over -> fenced, then retried as lost",
      decide({}, { lastHeardAt: ago(121_000) }, { kind: "gone" }),
      "fence, then retry because lost",
    ],
    [
      "preempted -> retried",
      decide({}, {}, { kind: "preempted", message: "spot" }),
      "retry because preempted",
    ],
    [
      "killed by a signal -> retried",
      decide({}, {}, failed("killed-by-signal")),
      "retry because killed-by-signal",
    ],
    [
      "ended with an exit code -> failed, not retried",
      decide({}, {}, failed("exit-code")),
      "fail because exit-code",
    ],
    [
      "ran past its limit -> failed, not retried",
      decide({}, {}, failed("timeout")),
      "fail because timeout",
    ],
    [
      "preempted on its last attempt -> failed, attempts exhausted",
      decide({ attemptCount: 3 }, {}, { kind: "preempted", message: "spot" }),
      "fail because attempts-exhausted",
    ],
    [
      "preempted with a single attempt allowed -> failed as preempted",
      decide({ attemptCount: 1, maxAttempts: 1 }, {}, { kind: "preempted", message: "spot" }),
      "fail because preempted",
    ],
    [
      "exit code 0 -> finish",
      decide({}, {}, { kind: "succeeded", processes: [] }),
      "finish because null",
    ],
    [
      "finalizing -> finalize, whatever is seen",
      decide({ status: "finalizing" }, {}, { kind: "gone" }),
      "finalize",
    ],
    [
      "cancelling, still running -> cancel again",
      decide({ status: "cancelling" }, {}, running),
      "cancel",
    ],
    [
      "cancelling, ended by itself meanwhile -> cancelled all the same",
      decide({ status: "cancelling" }, {}, { kind: "succeeded", processes: [] }),
      "stop because cancelled-by-member",
    ],
    [
      "cancelling, unreachable past its lease -> asked on and on, never taken for stopped",
      decide(
        { status: "cancelling" },
        { lastHeardAt: ago(hourMs) },
        { kind: "unknown", message: "503" },
      ),
      "cancel",
    ],
    [
      "nobody there can be asked, for a day -> unknown, and nothing else",
      decide({}, { lastHeardAt: ago(24 * hourMs) }, outage),
      "silence because silent",
    ],
    [
      "unknown, and still nobody there can be asked -> wait",
      decide({ status: "unknown" }, { lastHeardAt: ago(24 * hourMs) }, outage),
      "wait",
    ],
    ["a word that tells nothing, for a moment -> wait", decide({}, {}, says(ago(10_000))), "wait"],
    [
      "a word that tells nothing, for a while -> unknown, though it is heard",
      decide({}, {}, says(ago(30_000))),
      "silence because silent",
    ],
    [
      "a word that tells nothing, within its cluster's patience -> wait",
      decide({ status: "unknown" }, {}, says(ago(5 * hourMs))),
      "wait",
    ],
    [
      "a word that tells nothing, past its cluster's patience -> given up",
      decide({ status: "unknown" }, {}, says(ago(6 * hourMs))),
      "fence, then retry because silent",
    ],
    [
      "this one alone is not heard, within its cluster's patience -> wait",
      decide(
        { status: "unknown" },
        { lastHeardAt: ago(5 * hourMs) },
        { kind: "unknown", message: "500", patienceMs: 6 * hourMs },
      ),
      "wait",
    ],
    [
      "given up, and seen running -> stopped again, no second attempt",
      decide({ status: "unknown" }, givenUp, running),
      "fence, then retry because silent",
    ],
    [
      "given up, and nobody can be asked -> no second attempt, however long",
      decide({ status: "unknown" }, { ...givenUp, lastHeardAt: ago(90 * hourMs) }, outage),
      "fence, then retry because silent",
    ],
    [
      "given up, and its end is seen -> retried for what it was given up",
      decide({ status: "unknown" }, givenUp, { kind: "cancelled" }),
      "retry because silent",
    ],
    [
      "given up, and its cluster no longer knows it -> retried",
      decide({ status: "unknown" }, givenUp, { kind: "gone" }),
      "retry because silent",
    ],
    [
      "given up, but it had ended well -> what it made is kept",
      decide({ status: "unknown" }, givenUp, { kind: "succeeded", processes: [] }),
      "finish because null",
    ],
    [
      "given up, and cancelled by a member -> no retry",
      decide({ status: "cancelling" }, givenUp, { kind: "cancelled" }),
      "stop because cancelled-by-member",
    ],
  ])("%s", (_, decision, expected) => {
    expect(brief(decision)).toBe(expected);
  });
});

const observations = fc.constantFrom<AttemptObservation>(
  running,
  { kind: "preparing", message: "" },
  { kind: "queued", message: "" },
  { kind: "finalizing" },
  { kind: "succeeded", processes: [] },
  failed("exit-code"),
  failed("killed-by-signal"),
  { kind: "preempted", message: "" },
  { kind: "cancelled" },
  { kind: "unknown", message: "" },
  { kind: "gone" },
);

test("whatever a cluster says, every move is allowed, attempts stay within their number and an ended job stays ended", () => {
  const looks = fc.array(
    fc.record({ seen: observations, passedMs: fc.nat(200_000), cancel: fc.boolean() }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(looks, fc.integer({ min: 1, max: 5 }), (steps, maxAttempts) => {
      let status: JobStatus = "queued";
      let attemptCount = 0;
      let lastHeardAt = now;
      let at = now.getTime();
      for (const { seen, passedMs, cancel } of steps) {
        const before: JobStatus = status;
        at += passedMs;
        if (cancel && passedMs % 7 === 0) {
          const asked = transition(status, "cancel");
          if (asked !== "refused") status = asked;
        }
        const attempt = attemptCount === 0 ? null : { lastHeardAt, hasHandle: true };
        const decision = advance(
          { status, attemptCount, maxAttempts, cost: null },
          attempt,
          seen,
          new Date(at),
          timing,
        );
        if (seen.kind !== "unknown" && seen.kind !== "gone") lastHeardAt = new Date(at);
        if (decision.kind === "start") {
          attemptCount += 1;
          lastHeardAt = new Date(at);
          status = "starting";
        }
        const event =
          decision.kind === "move"
            ? decision.event
            : decision.kind === "fence"
              ? decision.after.event
              : decision.kind === "finalize"
                ? ("complete" as const)
                : null;
        if (event !== null) {
          const next = transition(status, event);
          expect(next).not.toBe("refused");
          if (next !== "refused") status = next;
        }
        expect(attemptCount).toBeLessThanOrEqual(maxAttempts);
        if (isTerminal(before)) expect(status).toBe(before);
      }
    }),
    { numRuns: 500 },
  );
});

test("no event leads out of a terminal status, and every other status can be cancelled or is being so", () => {
  for (const status of terminalJobStatuses)
    for (const event of jobEvents) expect(transition(status, event)).toBe("refused");
  expect(statusesBefore("cancel")).toEqual(
    jobStatuses.filter((status) => !isTerminal(status) && status !== "cancelling"),
  );
});
