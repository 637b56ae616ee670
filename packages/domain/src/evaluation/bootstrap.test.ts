import { expect, test } from "vitest";
import { clusteredBootstrap } from "./bootstrap.ts";
import { comparePaired, type ItemScore } from "./compare.ts";
import { intervalOf } from "./interval.ts";
import { drawsFrom } from "./random.ts";

/** Correlated scores: each patient has a level of its own around `mean`, and its items vary around that. */
function patients(seed: number, clusters: number, itemsEach: number, mean: number): ItemScore[] {
  const draw = drawsFrom(seed);
  const uniform = () => (draw(1_000_000) + 0.5) / 1_000_000;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return Array.from({ length: clusters }, (_, c) => {
    const level = mean + 0.1 * normal();
    return Array.from({ length: itemsEach }, (_, i) => ({
      item: `${c}-${i}`,
      cluster: `patient-${c}`,
      value: level + 0.1 * normal(),
    }));
  }).flat();
}

test("the interval holds the true mean in 93 to 97 of 100 studies, although items of a patient are correlated", () => {
  const studies = 1000;
  let covered = 0;
  for (let seed = 1; seed <= studies; seed++) {
    const { lower, upper } = clusteredBootstrap(patients(seed, 80, 4, 0.6), seed, 400);
    if (lower <= 0.6 && 0.6 <= upper) covered++;
  }
  expect(covered / studies).toBeGreaterThanOrEqual(0.93);
  expect(covered / studies).toBeLessThanOrEqual(0.97);
});

test("at a true loss of exactly the margin, non-inferiority passes falsely in at most 2.5 % of studies and chance", () => {
  const [studies, margin] = [800, 0.05];
  let passes = 0;
  for (let seed = 1; seed <= studies; seed++) {
    const other = patients(seed, 80, 4, 0.6);
    const noise = patients(seed + 50_000, 80, 4, 0);
    const candidate = other.map((one, i) => ({
      ...one,
      value: one.value - margin + (noise[i]?.value ?? 0),
    }));
    const { difference } = comparePaired(candidate, other, {
      higherIsBetter: true,
      seed,
      resamples: 400,
    });
    if (difference.lower > -margin) passes++;
  }
  expect(passes / studies).toBeLessThanOrEqual(0.025 + 2.58 * Math.sqrt((0.025 * 0.975) / studies));
});

test("the seed decides the interval, the order of the rows does not", () => {
  const items = patients(7, 500, 1, 0.6);
  const interval = intervalOf(items, 42);
  expect(intervalOf(items.toReversed(), 42)).toEqual(interval);
  expect(intervalOf(items, 43).lower).not.toBe(interval.lower);
  expect(interval).toMatchObject({ n: 500, clusters: 500 });
});

test("the interval agrees with the standard error of cluster means within a few per cent", () => {
  const items = patients(11, 400, 1, 0.6);
  const { mean, lower, upper } = intervalOf(items, 1);
  const sd = Math.sqrt(items.reduce((sum, one) => sum + (one.value - mean) ** 2, 0) / 399);
  expect((upper - lower) / 2).toBeCloseTo((1.96 * sd) / Math.sqrt(400), 3);
});

test("ignoring that items cluster would claim too narrow an interval", () => {
  const items = patients(3, 40, 20, 0.6);
  const alone = items.map((one) => ({ ...one, cluster: one.item }));
  const width = (i: { lower: number; upper: number }) => i.upper - i.lower;
  expect(width(intervalOf(items, 1))).toBeGreaterThan(2 * width(intervalOf(alone, 1)));
});
