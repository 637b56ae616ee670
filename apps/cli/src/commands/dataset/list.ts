import { z } from "zod";
import { cursorFlag, defineCommand, limitFlag, noArguments, Paging } from "../../command.ts";
import { count, size } from "../../render/figure.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const datasetList = defineCommand({
  usage: "list",
  about: "list datasets with their newest versions",
  args: noArguments,
  flags: [{ flags: "--search <text>", about: "part of the name or title" }, limitFlag, cursorFlag],
  options: Paging.extend({ search: z.string().max(100).optional() }),
  async run({ session, answer, paint }, _args, options) {
    const { api } = await session();
    const page = await api.dataset.list.query(options);
    const rows = page.items.map((dataset) => [
      dataset.latestVersion === null ? dataset.name : `${dataset.name}@${dataset.latestVersion}`,
      printable(dataset.title),
      count(dataset.rows),
      size(dataset.sizeBytes),
      dataset.deIdentification ?? "–",
      time(dataset.createdAt),
    ]);
    answer(
      page,
      rows.length === 0
        ? "No dataset. Register one with: preceptor dataset add NAME FOLDER --permit … --statement …"
        : table(
            paint,
            ["name", "title", "#rows", "#size", "de-identified", "first registered"],
            rows,
          ),
    );
  },
});
