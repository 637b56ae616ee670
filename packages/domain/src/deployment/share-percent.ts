import { z } from "zod";

const wholePercent = (most: number) =>
  z.number().int("a whole percentage").min(0, "at least 0 %").max(most, `at most ${most} %`);
/** Of a purpose's requests; 100 is the route itself. */
export const SharePercent = wholePercent(100);

export const MOST_MIRRORED_PERCENT = 50;
export const MirrorPercent = wholePercent(MOST_MIRRORED_PERCENT);
