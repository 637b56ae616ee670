import { defineCommand, noArguments, noOptions } from "../../command.ts";
import { figure } from "../../render/figure.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";

export const suiteList = defineCommand({
  usage: "list",
  about: "list evaluation suites: what is measured, and on what",
  args: noArguments,
  options: noOptions,
  async run({ session, answer, paint }) {
    const { api } = await session();
    const suites = await api.evaluation.suites.query();
    const rows = suites.map((suite) => [
      `${suite.name}@${suite.version}`,
      printable(suite.title),
      suite.task,
      `${suite.metric}, ${suite.higherIsBetter ? "higher" : "lower"} is better`,
      suite.chance === undefined || suite.chance === null ? "–" : figure(suite.chance),
      suite.test,
    ]);
    answer(
      suites,
      rows.length === 0
        ? "No suite. Define one with: preceptor suite define --file FILE"
        : table(paint, ["suite", "title", "task", "metric", "#chance", "test split"], rows),
    );
  },
});
