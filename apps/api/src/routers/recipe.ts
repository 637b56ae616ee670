import { Name, type Recipe } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, router } from "../trpc.ts";

export const recipeRouter = router({
  list: member.query(({ ctx }): Promise<Recipe[]> => service.listRecipes(ctx.verb)),
  get: member
    .input(z.strictObject({ name: Name }))
    .query(({ ctx, input }): Promise<Recipe> => service.getRecipe(ctx.verb, input)),
});
