import { idOf, type ComparedRow } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import type { Paint } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { figureRows, specRows } from "./compare-rows.ts";

/** Only the newest value of each series is shown, so few points are asked for. */
const FEWEST_POINTS = 10;
const HOW_MANY = "name two to five jobs";

export const jobCompare = defineCommand({
  usage: "compare <ids...>",
  about:
    "compare two to five jobs: spec, parameters and their newest figures; ≠ marks what differs",
  args: z.array(idOf("job")).min(2, HOW_MANY).max(5, HOW_MANY),
  flags: [{ flags: "--only-different", about: "leave out what is the same for all" }],
  options: z.object({ onlyDifferent: z.boolean().default(false) }),
  async run({ session, answer, paint, io }, ids, { onlyDifferent }) {
    const { api } = await session();
    const jobs = await Promise.all(ids.map((id) => api.job.get.query({ id })));
    const series = await api.metric.read.query({ jobIds: ids, maxPoints: FEWEST_POINTS });
    const kept = (rows: readonly ComparedRow[]) =>
      onlyDifferent ? rows.filter(({ differs }) => differs) : rows;
    const spec = kept(specRows(jobs, io.now()));
    const figures = kept(figureRows(ids, series));
    answer({ jobs: ids, spec, figures }, textOf(ids, [...spec, ...figures], paint));
  },
});

const textOf = (ids: readonly string[], rows: readonly ComparedRow[], paint: Paint): string =>
  rows.length === 0
    ? "Nothing differs."
    : table(
        paint,
        ["", "", ...ids],
        rows.map(({ name, values, differs }) => [
          differs ? "≠" : "",
          printable(name),
          ...values.map((value) => (value === null ? "–" : printable(value).replaceAll("\n", " "))),
        ]),
      );
