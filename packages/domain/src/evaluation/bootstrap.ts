import { DomainError } from "../error.ts";
import { drawsFrom } from "./random.ts";

/** One item's score and the patient it belongs to. */
export interface ClusteredScore {
  readonly cluster: string;
  readonly value: number;
}
export const RESAMPLES = 10_000;

/**
 * Two-sided 95 % percentile interval of the mean (Efron and Tibshirani, 1993, ch. 13), resampling whole clusters: notes of one
 * patient are not independent. Only each cluster's sum and size are needed, so a draw costs one addition a cluster.
 */
export function clusteredBootstrap(
  scores: readonly ClusteredScore[],
  seed: number,
  resamples: number = RESAMPLES,
): { readonly lower: number; readonly upper: number; readonly clusters: number } {
  if (scores.length === 0) throw new DomainError("invalid", "There is no item to score.");
  const { sums, sizes } = perCluster(scores);
  const draw = drawsFrom(seed);
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    let [sum, size] = [0, 0];
    for (let k = 0; k < sums.length; k++) {
      const at = draw(sums.length);
      sum += sums[at] ?? 0;
      size += sizes[at] ?? 0;
    }
    means[i] = sum / size;
  }
  means.sort();
  return { lower: quantile(means, 0.025), upper: quantile(means, 0.975), clusters: sums.length };
}

function perCluster(scores: readonly ClusteredScore[]) {
  const byCluster = new Map<string, { sum: number; size: number }>();
  for (const { cluster, value } of scores) {
    const held = byCluster.get(cluster) ?? { sum: 0, size: 0 };
    byCluster.set(cluster, { sum: held.sum + value, size: held.size + 1 });
  }
  // In order of the cluster's name, so that the order of the items does not change the interval.
  const inOrder = [...byCluster].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    sums: Float64Array.from(inOrder, ([, one]) => one.sum),
    sizes: Float64Array.from(inOrder, ([, one]) => one.size),
  };
}

/** Linear between order statistics: R's type 7, numpy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
