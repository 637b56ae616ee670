import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import type { Checkpoint } from "../../connection/wire.ts";
import { figure, size } from "../../render/figure.ts";
import type { Paint } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

const MOST_FIGURES = 3;

export const jobCheckpoints = defineCommand({
  usage: "checkpoints <id>",
  about: "list what a job has written, with the figures at that step",
  args: z.tuple([idOf("job")]),
  options: noOptions,
  async run({ session, answer, paint }, [id]) {
    const { api } = await session();
    await api.job.get.query({ id });
    const checkpoints = await api.checkpoint.list.query({ jobId: id });
    const rows = checkpoints.map((checkpoint) => [
      checkpoint.id,
      printable(checkpoint.name),
      checkpoint.step === null ? "–" : String(checkpoint.step),
      size(checkpoint.sizeBytes),
      stateText(checkpoint, paint),
      figuresOf(checkpoint),
      checkpoint.digest.slice(0, 19),
      time(checkpoint.createdAt),
    ]);
    const headings = ["id", "name", "#step", "#size", "state", "figures", "digest", "found"];
    answer(checkpoints, rows.length === 0 ? "No checkpoint yet." : table(paint, headings, rows));
  },
});

function stateText(of: Checkpoint, paint: Paint): string {
  if (of.state === "committed") return paint("good", "committed");
  if (of.state === "removed")
    return `removed by retention (${printable(of.removal ?? "no reason was kept")}) ${time(of.removedAt)}`;
  return `${paint("bad", "refused")}: ${printable(of.refusal ?? "no reason was kept")}`;
}

/** Figures of an evaluation first: they are what one chooses by. */
function figuresOf({ metrics }: Pick<Checkpoint, "metrics">): string {
  const known = Object.entries(metrics).filter(([key]) => !key.startsWith("system/"));
  const first = known.toSorted(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  return (
    first
      .slice(0, MOST_FIGURES)
      .map(([key, value]) => `${printable(key)} ${figure(value)}`)
      .join(", ") || "–"
  );
}
const rankOf = (key: string): number => (key.startsWith("eval") ? 0 : key.includes("loss") ? 1 : 2);
