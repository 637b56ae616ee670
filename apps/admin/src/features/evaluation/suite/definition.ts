import { DefineEvaluationSuite } from "@preceptor/domain";
import { problemIn } from "../../../api/problem.ts";
import type { Inputs } from "../../../api/types.ts";
import type { SuiteNow } from "../evaluation-type.ts";

export type Definition = Inputs["evaluation"]["defineSuite"];
export interface SuiteForm {
  name: string;
  title: string;
  description: string;
  recipe: string;
  task: string;
  test: string;
  metric: string;
  filter: string;
  better: string;
  chance: string | number;
}

export const formOf = (from: SuiteNow | undefined): SuiteForm => ({
  name: from?.name ?? "",
  title: from?.title ?? "",
  description: from?.description ?? "",
  recipe: from?.recipe ?? "",
  task: from?.task ?? "",
  test: from?.test ?? "",
  metric: from?.metric ?? "acc",
  filter: from?.filter ?? "none",
  better: from && !from.higherIsBetter ? "lower" : "higher",
  chance: from?.chance ?? "",
});

export const definitionOf = ({ better, chance, ...form }: SuiteForm): Definition => ({
  ...form,
  higherIsBetter: better === "higher",
  ...(chance === "" ? {} : { chance: Number(chance) }),
});

const { shape } = DefineEvaluationSuite;
const filled = (message: string) => (value: string) => (value.trim() === "" ? message : null);

export const suiteChecks = {
  name: problemIn(shape.name),
  title: filled("Give it a title"),
  recipe: filled("Choose the recipe that runs it"),
  task: (task: string) =>
    shape.task.safeParse(task).success
      ? null
      : "Use lower-case letters, digits and underscores, beginning with a letter",
  test: (test: string) => (test === "" ? "Choose the split it is measured on" : null),
  metric: filled("Name the metric, e.g. acc"),
};
