import fc from "fast-check";
import { expect, it } from "vitest";
import { choose, isCopied } from "./choose.ts";

const canary = (percent: number) => ({ name: "canary", percent });
const routed = { name: "routed" };

it.each([
  ["without others the routed one answers", [], 0, "routed"],
  ["the first tenth is the canary's", [canary(10)], 0.0999, "canary"],
  ["the rest is the routed one's", [canary(10)], 0.1, "routed"],
  ["the last number is the routed one's", [canary(99)], 0.999_999, "routed"],
  ["one percent is one percent", [canary(1)], 0.01, "routed"],
  ["nothing is nothing, even for the lowest number", [canary(0)], 0, "routed"],
  [
    "the second of two begins where the first ends",
    [canary(10), { name: "b", percent: 20 }],
    0.1,
    "b",
  ],
])("%s", (_name, others, random, expected) => {
  expect(choose(routed, others, random)).toMatchObject({ name: expected });
});

it("shares hold: of evenly spread numbers each gets exactly its percentage, the routed one the rest", () => {
  const parts = fc
    .array(fc.integer({ min: 0, max: 99 }), { maxLength: 4 })
    .filter((all) => all.reduce((sum, each) => sum + each, 0) < 100);
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 20 }), (percents, per) => {
      const others = percents.map((percent, at) => ({ at, percent }));
      const taken = new Map<number, number>();
      for (let n = 0; n < 100 * per; n += 1) {
        // The middle of each of the equal steps, so that no rounding of a border decides.
        const chosen = choose({ at: -1 }, others, (n + 0.5) / (100 * per));
        taken.set(chosen.at, (taken.get(chosen.at) ?? 0) + 1);
      }
      for (const { at, percent } of others) expect(taken.get(at) ?? 0).toBe(percent * per);
      const rest = 100 - percents.reduce((sum, each) => sum + each, 0);
      expect(taken.get(-1) ?? 0).toBe(rest * per);
    }),
  );
});

it("as many requests are copied as the percentage says", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50 }), (percent) => {
      const numbers = Array.from({ length: 1000 }, (_, n) => (n + 0.5) / 1000);
      expect(numbers.filter((each) => isCopied(percent, each))).toHaveLength(percent * 10);
    }),
  );
});
