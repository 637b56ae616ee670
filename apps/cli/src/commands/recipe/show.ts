import { Name } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { printable } from "../../render/printable.ts";
import { facts, table } from "../../render/table.ts";

export const recipeShow = defineCommand({
  usage: "show <name>",
  about: "show what a recipe takes: its inputs and parameters with their defaults",
  args: z.tuple([Name]),
  options: noOptions,
  async run({ session, answer, paint }, [name]) {
    const { api } = await session();
    const recipe = await api.recipe.get.query({ name });
    const { properties, order, required = [] } = recipe.parameters;
    const inputs = Object.entries(recipe.inputs).map(([input, of]) => [
      `inputs.${input}`,
      of.type,
      of.required ? "needed" : "–",
      printable(of.description),
    ]);
    const parameters = (order ?? Object.keys(properties)).flatMap((parameter) => {
      const of = properties[parameter];
      if (of === undefined) return [];
      const fallback = required.includes(parameter) ? "needed" : "–";
      const standard = of.default === undefined ? fallback : String(of.default);
      return [[`parameters.${parameter}`, of.type, standard, printable(of.description ?? "")]];
    });
    answer(
      recipe,
      [
        facts(paint, [
          ["recipe", `${recipe.name}, version ${recipe.version}: ${printable(recipe.title)}`],
          ["about", recipe.description === "" ? null : printable(recipe.description)],
          ["kind", recipe.kind],
          ["leaves", recipe.output],
          ["digest", recipe.digest],
        ]),
        "",
        table(paint, ["field", "type", "default", "about"], [...inputs, ...parameters]),
      ].join("\n"),
    );
  },
});
