import type { Interval } from "./evaluation.ts";
import { MINIMUM_CLUSTERS } from "./judge.ts";

export type Verdict = "better" | "worse" | "not-shown" | "too-few";

/** What the interval of candidate − other says; an interval that touches zero says nothing. */
export function verdictOf(
  difference: Pick<Interval, "lower" | "upper" | "clusters">,
  higherIsBetter: boolean,
): Verdict {
  if (difference.clusters < MINIMUM_CLUSTERS) return "too-few";
  if (difference.lower > 0) return higherIsBetter ? "better" : "worse";
  if (difference.upper < 0) return higherIsBetter ? "worse" : "better";
  return "not-shown";
}
