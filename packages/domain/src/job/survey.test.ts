import { expect, test } from "vitest";
import type { CostFacts } from "./cost.ts";
import type { AttemptObservation } from "./observation.ts";
import { judgeSurveyed, lookPauseMs, type SurveyedFacts, type SurveyVerdict } from "./survey.ts";

const now = new Date("2026-05-01T12:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);
const timing = { silentAfterMs: 20_000, leaseMs: 120_000 };
const rank = { rank: 0, node: 0, state: "running", exitCode: null } as const;
const running: AttemptObservation = { kind: "running", processes: [rank] };
const queued = (message: string): AttemptObservation => ({ kind: "queued", message });
const silent: AttemptObservation = { kind: "unknown", message: "Azure does not answer." };

const finalizingSince = (since: string): AttemptObservation => ({
  kind: "finalizing",
  note: { since },
});

function known(
  status: SurveyedFacts["job"]["status"],
  attempt: Partial<SurveyedFacts["attempt"]> = {},
): SurveyedFacts {
  return {
    job: { status, message: "Waiting for machines.", attemptCount: 1, maxAttempts: 3 },
    attempt: {
      hasHandle: true,
      lastHeardAt: ago(5000),
      startedAt: ago(60_000),
      processes: [rank],
      ...attempt,
    },
  };
}

test.each<[string, SurveyVerdict, SurveyedFacts, AttemptObservation]>([
  ["running, seen running", "confirmed", known("running"), running],
  ["running, its start not written down", "look", known("running", { startedAt: null }), running],
  [
    "running, but one process has ended",
    "look",
    known("running"),
    { kind: "running", processes: [{ ...rank, state: "exited", exitCode: 1 }] },
  ],
  [
    "running, but with another process",
    "look",
    known("running"),
    { kind: "running", processes: [rank, { ...rank, rank: 1 }] },
  ],
  ["running, seen finalizing", "confirmed", known("running"), { kind: "finalizing" }],
  ["starting, the same is said", "confirmed", known("starting"), queued("Waiting for machines.")],
  ["starting, something else is said", "look", known("starting"), queued("A node is starting.")],
  ["starting, seen running", "look", known("starting"), running],
  ["unknown, heard again", "look", known("unknown"), running],
  ["running, seen succeeded", "look", known("running"), { kind: "succeeded", processes: [] }],
  ["running, seen preempted", "look", known("running"), { kind: "preempted", message: "" }],
  [
    "running, which was not noted",
    "confirmed",
    known("running"),
    { ...running, note: { since: "now" } },
  ],
  ["running, finalizing since a moment ago", "look", known("running"), finalizingSince("now")],
  [
    "running, finalizing, as was noted",
    "confirmed",
    known("running", { noted: { since: "then", workspace: "w" } }),
    finalizingSince("then"),
  ],
  [
    "unknown, a word that tells nothing is heard",
    "confirmed",
    known("unknown"),
    { kind: "unknown", message: "It says Paused.", sinceMs: ago(60_000).getTime() },
  ],
  [
    "unknown, nobody there can be asked for hours",
    "quiet",
    known("unknown", { lastHeardAt: ago(36_000_000) }),
    { kind: "unknown", message: "It cannot sign in.", outage: true },
  ],
  ["running, silent for a moment", "quiet", known("running"), silent],
  ["running, gone for a moment", "quiet", known("running"), { kind: "gone" }],
  ["running, silent too long", "look", known("running", { lastHeardAt: ago(20_000) }), silent],
  ["unknown, still silent", "quiet", known("unknown", { lastHeardAt: ago(60_000) }), silent],
  [
    "unknown, silent past its lease",
    "look",
    known("unknown", { lastHeardAt: ago(120_000) }),
    silent,
  ],
])("%s -> %s", (_, verdict, facts, seen) => {
  expect(judgeSurveyed(facts, seen, now, timing)).toBe(verdict);
});

/** 1 USD an hour, started so that this much is left of its limit. */
const reachesLimitIn = (ms: number): CostFacts => ({
  price: { instanceType: "Standard_A100", tier: "spot", perNodeHour: 1, currency: "USD" },
  nodes: 1,
  limit: { amount: 1, currency: "USD" },
  attempts: [{ startedAt: ago(3_600_000 - ms), endedAt: null }],
});

test.each<[string, number, number, CostFacts | null]>([
  ["no survey -> as decided", 1000, 0, null],
  ["few surveyed jobs -> as decided", 1000, 50, null],
  ["10,000 surveyed jobs -> each after 200 s", 200_000, 10_000, null],
  ["its limit lies beyond the pause -> after 200 s", 200_000, 10_000, reachesLimitIn(300_000)],
  ["it would reach its limit meanwhile -> as decided", 1000, 10_000, reachesLimitIn(50_000)],
])("%s", (_, pauseMs, surveyed, cost) => {
  expect(lookPauseMs(1000, surveyed, cost, now)).toBe(pauseMs);
});
