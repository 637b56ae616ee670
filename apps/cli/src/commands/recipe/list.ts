import { defineCommand, noArguments, noOptions } from "../../command.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";

export const recipeList = defineCommand({
  usage: "list",
  about: "list the programs that come with Preceptor",
  args: noArguments,
  options: noOptions,
  async run({ session, answer, paint }) {
    const { api } = await session();
    const recipes = await api.recipe.list.query();
    const rows = recipes.map((recipe) => [
      recipe.name,
      String(recipe.version),
      recipe.kind,
      Object.keys(recipe.inputs).join(", ") || "none",
      recipe.output,
      printable(recipe.title),
    ]);
    answer(
      recipes,
      rows.length === 0
        ? "No recipe."
        : table(paint, ["recipe", "#version", "kind", "inputs", "leaves", "title"], rows),
    );
  },
});
