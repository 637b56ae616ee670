import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { plural, size } from "../../render/figure.ts";
import { printable } from "../../render/printable.ts";
import { facts, table } from "../../render/table.ts";
import { time } from "../../render/time.ts";
import { amountText } from "./text.ts";

export const retentionShow = defineCommand({
  usage: "show",
  about: "show what a run would remove, what waits, and what the store holds (operators)",
  args: z.tuple([]),
  options: noOptions,
  async run({ session, answer, paint }) {
    const { api } = await session();
    const outlook = await api.retention.show.query();
    const { checkpoints, more, expiredUploads, due, waiting, removing, held, lately } = outlook;
    const rows = checkpoints.map((one) => [
      one.id,
      printable(one.jobName),
      printable(one.name),
      size(one.sizeBytes),
      printable(one.reason),
    ]);
    const headings = ["checkpoint", "job", "name", "#size", "its job asks to"];
    const kept = held.map((one) => [
      one.name,
      size(one.sizeBytes),
      printable(one.refusal),
      time(one.askedAt),
    ]);
    const parts = [
      rows.length === 0 ? "Every job's checkpoints are as it asks." : table(paint, headings, rows),
      more ? "There are more than these." : "",
      facts(paint, [
        ["uploads nobody finished", plural(expiredUploads, "upload")],
        ["stored, of no use, to be removed now", amountText(due)],
        ["stored, of no use, not yet due", amountText(waiting)],
        ["the first of them may go", waiting.nextDueAt && time(waiting.nextDueAt)],
        ["being removed", amountText(removing)],
        ["marked as removed, last 30 days", amountText(lately.checkpoints, "checkpoint")],
        ["removed from the store, last 30 days", amountText(lately.objects)],
      ]),
      kept.length === 0
        ? ""
        : `Kept by the store:\n${table(paint, ["object", "#size", "because", "asked"], kept)}`,
    ];
    answer(outlook, parts.filter((part) => part !== "").join("\n\n"));
  },
});
