import { clusteredBootstrap, type ClusteredScore } from "./bootstrap.ts";
import type { Interval } from "./evaluation.ts";

/** The mean over items with its interval; the order of the items does not matter. */
export function intervalOf(
  scores: readonly ClusteredScore[],
  seed: number,
  resamples?: number,
): Interval {
  const { lower, upper, clusters } = clusteredBootstrap(scores, seed, resamples);
  return { mean: meanOf(scores), lower, upper, n: scores.length, clusters };
}

// Summed in order of size, so that rounding is the same whatever order the rows came in.
const meanOf = (scores: readonly ClusteredScore[]): number =>
  Float64Array.from(scores, (score) => score.value)
    .sort()
    .reduce((sum, value) => sum + value, 0) / scores.length;
