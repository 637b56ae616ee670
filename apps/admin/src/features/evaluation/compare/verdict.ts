import { MINIMUM_CLUSTERS } from "@preceptor/domain";
import type { IntervalNow } from "../evaluation-type.ts";

export type Verdict = "better" | "worse" | "not-shown" | "too-few";

/** What the interval of candidate − other says; an interval that touches zero says nothing. */
export function verdictOf(difference: IntervalNow, higherIsBetter: boolean): Verdict {
  if (difference.clusters < MINIMUM_CLUSTERS) return "too-few";
  if (difference.lower > 0) return higherIsBetter ? "better" : "worse";
  if (difference.upper < 0) return higherIsBetter ? "worse" : "better";
  return "not-shown";
}
