import type { Amount } from "@preceptor/domain";
import type { Outlook } from "./retention-type.ts";
import { amountText, counted, graceHours } from "./words.ts";

type Seen = Pick<Outlook, "checkpoints" | "more" | "expiredUploads" | "due">;

/** Of the checkpoints that are shown; with `more` there are others. */
export const checkpointAmount = ({ checkpoints }: Pick<Outlook, "checkpoints">): Amount => ({
  objects: checkpoints.length,
  bytes: checkpoints.reduce((sum, one) => sum + one.sizeBytes, 0),
});

/** No checkpoint would be marked, no upload ended and no byte removed by a run that began now. */
export const removesNothing = ({ checkpoints, more, expiredUploads, due }: Seen): boolean =>
  checkpoints.length === 0 && !more && expiredUploads === 0 && due.objects === 0;

/** Why checkpoints go, or that none does. */
export function whyCheckpoints({ checkpoints, more }: Seen): string {
  if (checkpoints.length > 0)
    return `Their jobs do not ask to keep them. They are marked as removed; their bytes leave the store ${graceHours} hours later, unless something else refers to them.`;
  return more
    ? "There are too many jobs to look through here; a run looks through them."
    : "Every job’s checkpoints are as it asks.";
}

/** What a run that began now would do, a sentence each, as the dialog says it before it is confirmed. */
export function consequences(outlook: Seen): readonly string[] {
  const { checkpoints, more, expiredUploads, due } = outlook;
  if (removesNothing(outlook))
    return [
      `Nothing is due now. The run looks through everything stored and notes what nothing refers to; that is removed ${graceHours} hours later at the earliest.`,
    ];
  return [
    ...(due.objects === 0
      ? []
      : [`${amountText(due)}, ${due.objects === 1 ? "leaves" : "leave"} the store.`]),
    ...(checkpoints.length === 0
      ? []
      : [
          `${amountText(checkpointAmount(outlook), "checkpoint")}, ${checkpoints.length === 1 ? "is" : "are"} marked as removed: no job goes on from a removed checkpoint and no model is made of one. Their bytes leave the store after ${graceHours} hours, unless something else refers to them.`,
        ]),
    ...(more ? ["Checkpoints that are not counted here may be marked as removed too."] : []),
    ...(expiredUploads === 0
      ? []
      : [
          `${counted(expiredUploads, "unfinished upload")} ${expiredUploads === 1 ? "is" : "are"} ended.`,
        ]),
  ];
}
