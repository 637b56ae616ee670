import type { Run } from "./retention-type.ts";
import { amountText, counted, graceHours } from "./words.ts";

/** What a run did, as names and values; what did not happen is left out, except the removal itself. */
export const runFacts = (run: Run): readonly (readonly [string, string])[] => [
  ["Left the store", amountText(run.removed)],
  ["Marked as removed", amountText(run.checkpoints, "checkpoint")],
  ...(run.abandonedUploads > 0
    ? [["Uploads ended", counted(run.abandonedUploads, "upload")] as const]
    : []),
  ...(run.found.objects > 0
    ? [["Found of no use", `${amountText(run.found)}; due in ${graceHours} hours`] as const]
    : []),
  ...(run.held > 0
    ? [["Kept by the store", `${counted(run.held, "object")}; asked for again in a day`] as const]
    : []),
];
