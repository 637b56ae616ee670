import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decideShare,
  openingShare,
  trafficNow,
  whyShareIsLost,
  type AskedShare,
  type SharingDeployment,
} from "./share.ts";

const one = (id: string, more: Partial<SharingDeployment> = {}): SharingDeployment => ({
  id,
  model: `${id}@1`,
  stage: "pilot",
  desired: "serving",
  status: "healthy",
  routed: false,
  share: 0,
  mirror: 0,
  healthyAt: new Date(0),
  ...more,
});
const blue = one("blue", { routed: true, share: 100 });
const green = one("green");
const starting = one("green", { status: "starting", healthyAt: null });
const may = { ok: true } as const;

const expecting = (all: readonly SharingDeployment[], id: string): AskedShare["expected"] => {
  const found = all.find((each) => each.id === id);
  return {
    routedDeploymentId: all.find(({ routed }) => routed)?.id ?? null,
    percent: found?.share ?? 0,
    mirrorPercent: found?.mirror ?? 0,
  };
};
const ask = (
  all: readonly SharingDeployment[],
  id: string,
  percent: number,
  mirrorPercent = 0,
  permit: Parameters<typeof decideShare>[2] = may,
) =>
  decideShare(
    all,
    { deploymentId: id, percent, mirrorPercent, expected: expecting(all, id) },
    permit,
  );

it.each<[string, readonly SharingDeployment[], [string, number, number?], object[]]>([
  [
    "a healthy one gets a share",
    [blue, green],
    ["green", 10],
    [{ id: "green", routed: false, share: 10, mirror: 0 }],
  ],
  [
    "a share is raised",
    [blue, one("green", { share: 10 })],
    ["green", 50],
    [{ id: "green", routed: false, share: 50, mirror: 0 }],
  ],
  [
    "a share is taken back",
    [blue, one("green", { share: 10 })],
    ["green", 0],
    [{ id: "green", routed: false, share: 0, mirror: 0 }],
  ],
  [
    "100 is the route: the former loses it and goes on running",
    [blue, one("green", { share: 10 })],
    ["green", 100],
    [
      { id: "blue", routed: false, share: 0, mirror: 0 },
      { id: "green", routed: true, share: 100, mirror: 0 },
    ],
  ],
  [
    "100 where nothing serves gives the route alone",
    [green],
    ["green", 100],
    [{ id: "green", routed: true, share: 100, mirror: 0 }],
  ],
  [
    "one that still starts may be told what it gets later",
    [blue, one("green", { status: "starting", healthyAt: null, share: 100 })],
    ["green", 10],
    [{ id: "green", routed: false, share: 10, mirror: 0 }],
  ],
  [
    "a shadow gets copies",
    [blue, one("green", { stage: "shadow" })],
    ["green", 0, 50],
    [{ id: "green", routed: false, share: 0, mirror: 50 }],
  ],
  [
    "a mirror becomes a share",
    [blue, one("green", { mirror: 20 })],
    ["green", 10, 0],
    [{ id: "green", routed: false, share: 10, mirror: 0 }],
  ],
  [
    "one canary and another's mirror stand side by side",
    [blue, one("red", { share: 10 }), green],
    ["green", 0, 5],
    [{ id: "green", routed: false, share: 0, mirror: 5 }],
  ],
])("%s", (_name, all, [id, percent, mirror], changes) => {
  expect(ask(all, id, percent, mirror)).toEqual({ ok: true, changes });
});

it.each<[string, ReturnType<typeof ask>, string, RegExp]>([
  ["who is not there", ask([blue], "green", 10), "deploymentId", /no such/],
  ["the routed one", ask([blue, green], "blue", 50), "percent", /roll back/],
  ["what it has", ask([blue, green], "green", 0), "percent", /already/],
  [
    "one that is being stopped",
    ask([blue, one("green", { desired: "stopped" })], "green", 5),
    "deploymentId",
    /ended/,
  ],
  [
    "a share of a shadow",
    ask([blue, one("green", { stage: "shadow" })], "green", 5),
    "percent",
    /shadow/,
  ],
  ["a share and a mirror", ask([blue, green], "green", 5, 5), "mirrorPercent", /share or a mirror/],
  ["a part with nobody for the rest", ask([green], "green", 5), "percent", /rest/],
  ["a mirror of nothing", ask([green], "green", 0, 5), "mirrorPercent", /rest/],
  ["all to one that still starts", ask([blue, starting], "green", 100), "percent", /starting/],
  [
    "a share to one that fell silent",
    ask([blue, one("green", { status: "unhealthy" })], "green", 5),
    "deploymentId",
    /health/,
  ],
  [
    "a second canary",
    ask([blue, one("red", { share: 10 }), green], "green", 5),
    "percent",
    /red@1 has 10 %/,
  ],
  [
    "a second mirror",
    ask([blue, one("red", { mirror: 10 }), green], "green", 0, 5),
    "mirrorPercent",
    /red@1/,
  ],
  [
    "one whose decision does not hold",
    ask([blue, green], "green", 5, 0, { ok: false, why: "the decision has expired" }),
    "deploymentId",
    /expired/,
  ],
])("refuses %s", (_name, decision, field, message) => {
  expect(decision).toMatchObject({ ok: false, field, message: expect.stringMatching(message) });
});

it.each([
  ["the share", { percent: 5 }],
  ["the mirror", { mirrorPercent: 5 }],
  ["the route", { routedDeploymentId: "red" }],
])("refuses when %s is no longer what was looked at", (_name, changed) => {
  const all = [blue, green];
  const expected = { ...expecting(all, "green"), ...changed };
  const asked = { deploymentId: "green", percent: 10, mirrorPercent: 0, expected };
  expect(decideShare(all, asked, may)).toMatchObject({ code: "conflict", field: "expected" });
});

it("takes back even what may not serve any more", () => {
  const permit = { ok: false, why: "the decision has expired" } as const;
  expect(ask([blue, one("green", { share: 10 })], "green", 0, 0, permit).ok).toBe(true);
});

it.each<[string, SharingDeployment, Parameters<typeof whyShareIsLost>[1], RegExp | null]>([
  ["a canary that fell silent loses its share", one("c", { share: 10 }), "unhealthy", /health/],
  ["a mirror's target that fell silent loses it", one("c", { mirror: 10 }), "unhealthy", /health/],
  ["a canary started anew loses it", one("c", { share: 10 }), "starting", /health/],
  ["a canary that failed loses it", one("c", { share: 10, healthyAt: null }), "failed", /failed/],
  [
    "one that never answered yet keeps what it is to have",
    one("c", { share: 10, healthyAt: null }),
    "starting",
    null,
  ],
  ["a healthy one keeps it", one("c", { share: 10 }), "healthy", null],
  ["the routed one keeps the route", blue, "unhealthy", null],
  ["one that waits for the route keeps that", one("c", { share: 100 }), "unhealthy", null],
  ["who has nothing loses nothing", green, "failed", null],
])("%s", (_name, deployment, status, why) => {
  if (why === null) expect(whyShareIsLost(deployment, status)).toBeNull();
  else expect(whyShareIsLost(deployment, status)).toMatch(why);
});

it.each([
  ["a shadow gets nothing", openingShare("shadow", 100, true), 0],
  ["the default is everything", openingShare("pilot", 100, true), 100],
  ["a canary begins with its part", openingShare("general", 10, true), 10],
  ["the first of a purpose gets everything", openingShare("pilot", 10, false), 100],
])("%s", (_name, share, expected) => {
  expect(share).toBe(expected);
});

describe("whatever is asked in whatever order", () => {
  const ids = ["a", "b", "c", "d"];
  const step = fc.record({
    id: fc.constantFrom(...ids),
    percent: fc.constantFrom(0, 1, 10, 50, 99, 100),
    mirrorPercent: fc.constantFrom(0, 0, 5, 50),
  });

  it("one is routed, at most one is a canary and one mirrored to, and the shares sum to 100", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let all = ids.map((id, n) => one(id, n === 0 ? { routed: true, share: 100 } : {}));
        for (const { id, percent, mirrorPercent } of steps) {
          const decided = ask(all, id, percent, mirrorPercent);
          if (!decided.ok) continue;
          all = all.map((each) => ({ ...each, ...decided.changes.find((c) => c.id === each.id) }));
          const traffic = trafficNow(all);
          expect(traffic.reduce((sum, each) => sum + each.percent, 0)).toBe(100);
          expect(all.filter(({ routed }) => routed)).toHaveLength(1);
          expect(
            traffic.filter(({ routed, percent }) => !routed && percent > 0).length,
          ).toBeLessThan(2);
          expect(traffic.filter(({ mirrorPercent: copied }) => copied > 0).length).toBeLessThan(2);
          for (const each of traffic)
            expect(each.percent > 0 && each.mirrorPercent > 0).toBe(false);
        }
      }),
    );
  });
});

it("who is not healthy has no part now, and the routed one has it instead", () => {
  const all = [blue, one("green", { share: 10, status: "unhealthy" })];
  expect(trafficNow(all)).toMatchObject([{ deploymentId: "blue", percent: 100 }]);
  expect(trafficNow([one("green", { share: 10 })])).toEqual([]);
});
