import type { Outputs } from "../../../api/types.ts";
import type { Draft } from "./draft.ts";

export type RecipeChoice = Outputs["recipe"]["list"][number];

/** What the form starts from: the recipe's defaults written out, so that the YAML says all of it. */
export function draftOf(recipe: RecipeChoice, target: string): Draft {
  const parameters = Object.fromEntries(
    Object.entries(recipe.parameters.properties).flatMap(([name, parameter]) =>
      parameter.default === undefined ? [] : [[name, parameter.default]],
    ),
  );
  return {
    name: `${recipe.name}-run`,
    kind: recipe.kind,
    recipe: recipe.name,
    inputs: {},
    parameters,
    compute: { target, nodes: 1, processesPerNode: 1 },
    limits: { timeout: "PT2H", maxAttempts: 3 },
  };
}
