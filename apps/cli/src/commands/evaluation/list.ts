import { ListEvaluations } from "@preceptor/domain";
import { cursorFlag, defineCommand, limitFlag, noArguments, Paging } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";
import { intervalText, modelOf, suiteOf } from "./text.ts";

export const evaluationList = defineCommand({
  usage: "list",
  about: "list evaluations with their scores, newest first",
  args: noArguments,
  flags: [
    { flags: "--model <name[@version]>", about: "only of this model" },
    { flags: "--suite <name[@version]>", about: "only of this suite" },
    limitFlag,
    cursorFlag,
  ],
  options: Paging.extend(ListEvaluations.pick({ model: true, suite: true }).shape),
  async run({ session, answer, paint }, _args, options) {
    const { api } = await session();
    const page = await api.evaluation.list.query(options);
    const rows = page.items.map((evaluation) => [
      evaluation.id,
      modelOf(evaluation),
      suiteOf(evaluation),
      evaluation.suite.metric,
      paintStatus(paint, evaluation.status),
      intervalText(evaluation.score),
      time(evaluation.createdAt),
    ]);
    const headings = ["id", "model", "suite", "metric", "status", "score [95 %]", "started"];
    answer(
      page,
      rows.length === 0
        ? "No evaluation. Start one with: preceptor evaluation start MODEL SUITE --target NAME"
        : table(paint, headings, rows),
    );
  },
});
