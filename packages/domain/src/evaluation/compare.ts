import { DomainError } from "../error.ts";
import { RESAMPLES } from "./bootstrap.ts";
import type { Interval } from "./evaluation.ts";
import { intervalOf } from "./interval.ts";

export interface ItemScore {
  readonly item: string;
  readonly cluster: string;
  readonly value: number;
}
export interface PairedDifference {
  /** candidate − other, item by item. */
  readonly difference: Interval;
  /** Items on which the candidate is the better one. */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  readonly resamples: number;
}

/** Pairs on the item's hash. Two evaluations that did not see the same items are not compared at all (`invalid`). */
export function comparePaired(
  candidate: readonly ItemScore[],
  other: readonly ItemScore[],
  options: { readonly higherIsBetter: boolean; readonly seed: number; readonly resamples?: number },
): PairedDifference {
  const others = new Map(other.map((one) => [one.item, one]));
  const missing = candidate.filter((one) => !others.has(one.item)).length;
  const surplus = others.size - (candidate.length - missing);
  if (missing > 0 || surplus > 0)
    throw new DomainError(
      "invalid",
      `The two evaluations did not score the same items: ${missing} only on the candidate's side, ${surplus} only on the other's.`,
    );
  const pairs = candidate.map((one) => {
    const against = others.get(one.item);
    if (against?.cluster !== one.cluster)
      throw new DomainError("invalid", "The two evaluations assign an item to different patients.");
    return { cluster: one.cluster, value: one.value - against.value };
  });
  const resamples = options.resamples ?? RESAMPLES;
  const better = options.higherIsBetter ? 1 : -1;
  return {
    difference: intervalOf(pairs, options.seed, resamples),
    wins: pairs.filter(({ value }) => value * better > 0).length,
    losses: pairs.filter(({ value }) => value * better < 0).length,
    ties: pairs.filter(({ value }) => value === 0).length,
    resamples,
  };
}
