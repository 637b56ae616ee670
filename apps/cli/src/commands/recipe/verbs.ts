import type { AddCommand } from "../../command.ts";
import { recipeList } from "./list.ts";
import { recipeShow } from "./show.ts";

export const verbs: readonly AddCommand[] = [recipeList, recipeShow];
