import { join } from "node:path";
import { RecipeDefinition } from "@preceptor/domain";
import { expect, test } from "vitest";
import { aWorld } from "../testing/index.ts";
import { getRecipe, listRecipes, readRecipeFolders, registerRecipe } from "./index.ts";

const root = join(import.meta.dirname, "../../../recipes");

test("the recipes that ship are registered, once, and a changed file is the next version", async () => {
  const world = await aWorld();
  const recipes = await readRecipeFolders(root);
  for (const round of [1, 2])
    for (const recipe of recipes)
      expect((await registerRecipe(world.system, recipe)).version, `round ${round}`).toBe(1);
  const names = (await listRecipes(world.system)).map((recipe) => recipe.name);
  expect(names).toEqual(["causal-pretrain", "lm-eval", "lora-sft", "openai-serve"]);

  const tuned = recipes.find((recipe) => JSON.stringify(recipe.definition).includes('"lora-sft"'))!;
  // jsonb orders keys by length; the launch form shows the parameters as the recipe wrote them.
  expect(
    Object.keys((await getRecipe(world.system, { name: "lora-sft" })).parameters.properties),
  ).toEqual(Object.keys(RecipeDefinition.parse(tuned.definition).parameters.properties));
  const files = tuned.files.map((file) =>
    file.path.endsWith("main.py")
      ? { ...file, content: Buffer.concat([file.content, Buffer.from("\n# changed\n")]) }
      : file,
  );
  expect((await registerRecipe(world.system, { ...tuned, files })).version).toBe(2);
  expect((await getRecipe(world.system, { name: "lora-sft", version: 1 })).digest).not.toBe(
    (await getRecipe(world.system, { name: "lora-sft" })).digest,
  );
});
