import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { plural } from "../../render/figure.ts";
import { printable } from "../../render/printable.ts";
import { facts } from "../../render/table.ts";
import { amountText } from "./text.ts";

export const retentionRun = defineCommand({
  usage: "run",
  about: "mark and remove now what the worker would in its own time (operators)",
  args: z.tuple([]),
  flags: [{ flags: "--yes", about: "do it; without this it is only told" }],
  options: z.object({ yes: z.boolean().default(false) }),
  async run({ session, answer, paint }, _, { yes }) {
    const { api } = await session();
    if (!yes) {
      const { checkpoints, more, due } = await api.retention.show.query();
      throw new CliError(
        exitCode.invalid,
        `${plural(checkpoints.length, "checkpoint")}${more ? " and more" : ""} would be marked as removed, and ${amountText(due)} would leave the store; neither comes back. Nothing was done; repeat it with --yes.`,
      );
    }
    const done = await api.retention.run.mutate({});
    answer(
      done,
      facts(paint, [
        ["checkpoints marked as removed", amountText(done.checkpoints, "checkpoint")],
        ["uploads ended", plural(done.abandonedUploads, "upload")],
        ["found, of no use; to be removed after two days", amountText(done.found)],
        ["removed from the store", amountText(done.removed)],
        ["kept by the store", done.held === 0 ? null : plural(done.held, "object")],
        ["ended early", done.problem && printable(done.problem)],
        ["more to do", done.more ? "run it again" : null],
      ]),
    );
  },
});
