import { z } from "zod";
import { cursorFlag, defineCommand, limitFlag, noArguments, Paging } from "../../command.ts";
import { count } from "../../render/figure.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const modelList = defineCommand({
  usage: "list",
  about: "list models with their newest versions and what they serve",
  args: noArguments,
  flags: [{ flags: "--search <text>", about: "part of the name" }, limitFlag, cursorFlag],
  options: Paging.extend({ search: z.string().max(100).optional() }),
  async run({ session, answer, paint }, _args, options) {
    const { api } = await session();
    const page = await api.model.list.query(options);
    const rows = page.items.map((model) => [
      `${model.name}@${model.latestVersion}`,
      count(model.versions),
      model.servingPurposes.join(", ") || "–",
      time(model.createdAt),
    ]);
    answer(
      page,
      rows.length === 0
        ? "No model. A job with output: { model: NAME } registers one when it succeeds."
        : table(paint, ["name", "#versions", "serves", "first registered"], rows),
    );
  },
});
