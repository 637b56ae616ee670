import { recipe } from "@preceptor/db";
import { DomainError, type Recipe } from "@preceptor/domain";
import { and, asc, desc, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { recipeOf } from "./recipe-of.ts";

/** The newest version of each recipe, by name. */
export async function listRecipes(ctx: ServiceContext): Promise<Recipe[]> {
  authorise(ctx.caller, "recipe:read");
  const rows = await reading(ctx, (tx) =>
    tx.selectDistinctOn([recipe.name]).from(recipe).orderBy(asc(recipe.name), desc(recipe.version)),
  );
  return rows.map(recipeOf);
}

export async function getRecipe(
  ctx: ServiceContext,
  input: { name: string; version?: number | undefined },
): Promise<Recipe> {
  authorise(ctx.caller, "recipe:read");
  const [row] = await reading(ctx, (tx) =>
    tx
      .select()
      .from(recipe)
      .where(
        and(
          eq(recipe.name, input.name),
          input.version === undefined ? undefined : eq(recipe.version, input.version),
        ),
      )
      .orderBy(desc(recipe.version))
      .limit(1),
  );
  if (!row)
    throw new DomainError("not-found", `There is no recipe ${input.name}.`, { field: "name" });
  return recipeOf(row);
}
