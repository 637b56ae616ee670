import { expect, test } from "vitest";
import { comparePaired, type ItemScore } from "./compare.ts";

const scores = (values: readonly number[], clusterOf = (i: number) => `c${i}`): ItemScore[] =>
  values.map((value, i) => ({ item: `i${i}`, cluster: clusterOf(i), value }));
const options = { higherIsBetter: true, seed: 1, resamples: 200 };

test("items are paired by hash, not by position, and counted as wins, losses and ties", () => {
  const found = comparePaired(scores([1, 0, 1, 1]).toReversed(), scores([0, 1, 1, 0]), options);
  expect(found).toMatchObject({ wins: 2, losses: 1, ties: 1 });
  expect(found.difference.mean).toBe(0.25);
});

test("where less is better, a smaller figure wins", () => {
  const found = comparePaired(scores([1]), scores([2]), { ...options, higherIsBetter: false });
  expect(found).toMatchObject({ wins: 1, losses: 0, difference: { mean: -1 } });
});

test.each([
  ["an item only the candidate has", scores([1, 1]), scores([1]), /1 only on the candidate's/],
  ["an item only the other has", scores([1]), scores([1, 1, 1]), /2 only on the other's/],
  ["an item of another patient", scores([1]), scores([1], () => "x"), /different patients/],
])("%s is refused", (_name, candidate, other, message) => {
  expect(() => comparePaired(candidate, other, options)).toThrow(message);
});
