import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assertTraffic,
  sameTraffic,
  withMirror,
  without,
  withShare,
  type Traffic,
} from "./traffic.ts";

const only = (live: Record<string, number>, mirror: Record<string, number> = {}): Traffic => ({
  live,
  mirror,
});

it.each<[string, Traffic, Traffic]>([
  [
    "a canary of ten takes ten from the only other",
    withShare(only({ blue: 100 }), "green", 10),
    only({ blue: 90, green: 10 }),
  ],
  [
    "blue to green at once leaves blue with nothing",
    withShare(only({ blue: 100 }), "green", 100),
    only({ green: 100 }),
  ],
  [
    "the others keep their proportions",
    withShare(only({ a: 60, b: 20, c: 20 }), "c", 60),
    only({ a: 30, b: 10, c: 60 }),
  ],
  [
    "thirds are given out to the last percent",
    withShare(only({ a: 50, b: 50 }), "c", 33),
    only({ a: 34, b: 33, c: 33 }),
  ],
  ["the first deployment gets everything", withShare(only({}), "blue", 100), only({ blue: 100 })],
  [
    "taking the last one out leaves no traffic",
    without(only({ blue: 100 }, { green: 10 }), "blue"),
    only({}, { green: 10 }),
  ],
  [
    "taking one out gives its share to the others",
    without(only({ blue: 50, green: 30, red: 20 }), "blue"),
    only({ green: 60, red: 40 }),
  ],
  [
    "a mirror is set and ended",
    withMirror(withMirror(only({ blue: 100 }), "green", 20), "green", 0),
    only({ blue: 100 }),
  ],
  [
    "who goes live is mirrored to no more",
    withShare(only({ blue: 100 }, { green: 20 }), "green", 10),
    only({ blue: 90, green: 10 }),
  ],
])("%s", (_name, found, expected) => {
  expect(found).toEqual(expected);
});

it.each([
  ["zero and nothing are one", only({ a: 100, b: 0 }), only({ a: 100 }), true],
  ["the order says nothing", only({ a: 90, b: 10 }), only({ b: 10, a: 90 }), true],
  ["a percent is a difference", only({ a: 90, b: 10 }), only({ a: 91, b: 9 }), false],
  ["a mirror is a difference", only({ a: 100 }), only({ a: 100 }, { b: 5 }), false],
])("%s", (_name, one, other, same) => {
  expect(sameTraffic(one, other)).toBe(same);
});

it.each<[string, () => unknown, RegExp]>([
  ["more than half mirrored", () => withMirror(only({ a: 100 }), "b", 51), /half/],
  ["a live one mirrored to", () => withMirror(only({ a: 100 }), "a", 10), /live/],
  ["a part with nobody to take the rest", () => withShare(only({}), "a", 10), /100 percent/],
  ["half a percent", () => withShare(only({ a: 100 }), "b", 0.5), /whole percentage/],
  ["more than all", () => withShare(only({ a: 100 }), "b", 101), /whole percentage/],
  ["a sum of 99", () => assertTraffic(only({ a: 99 })), /sums to 0 or to 100/],
  ["two mirrors", () => assertTraffic(only({ a: 100 }, { b: 1, c: 1 })), /Only one/],
])("refuses %s", (_name, change, message) => {
  expect(change).toThrow(message);
});

describe("whatever the traffic was", () => {
  /** Up to eight deployments whose live shares sum to 100. */
  const traffic = fc
    .array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 })
    .map((weights) =>
      weights.reduce(
        (so, weight, n) => {
          const rest = 100 - Object.values(so).reduce((sum, each) => sum + each, 0);
          const last = n === weights.length - 1;
          const share = last ? rest : Math.min(rest, weight % 40);
          return share > 0 ? { ...so, [`d${n}`]: share } : so;
        },
        {} as Record<string, number>,
      ),
    )
    .map((live) => only(live));
  const percent = fc.integer({ min: 0, max: 100 });
  const sum = ({ live }: Traffic): number => Object.values(live).reduce((so, one) => so + one, 0);

  it("a share leaves a sum of 100, gives exactly what was asked, and nothing to who had nothing", () => {
    fc.assert(
      fc.property(traffic, percent, (before, share) => {
        const after = withShare(before, "new", share);
        expect(sum(after)).toBe(100);
        expect(after.live["new"] ?? 0).toBe(share);
        for (const name of Object.keys(after.live))
          expect(name === "new" || name in before.live).toBe(true);
      }),
    );
  });

  it("the others keep their proportions, to a percent", () => {
    fc.assert(
      fc.property(traffic, percent, (before, share) => {
        const after = withShare(before, "new", share);
        for (const [name, was] of Object.entries(before.live)) {
          const exact = (was * (100 - share)) / 100;
          expect(Math.abs((after.live[name] ?? 0) - exact)).toBeLessThan(1);
        }
      }),
    );
  });

  it("taking any one out leaves a sum of 0 or 100 without it", () => {
    fc.assert(
      fc.property(traffic, fc.nat(), (before, at) => {
        const names = Object.keys(before.live);
        const name = names[at % names.length] ?? "";
        const after = without(before, name);
        expect(name in after.live).toBe(false);
        expect(sum(after)).toBe(names.length > 1 ? 100 : 0);
      }),
    );
  });
});
