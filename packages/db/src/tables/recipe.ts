import type { RecipeDefinition, FileEntry } from "@preceptor/domain";
import { integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, organizationId } from "./columns.ts";

export const recipe = pgTable(
  "recipe",
  {
    id: id(),
    organizationId: organizationId(),
    name: text().notNull(),
    version: integer().notNull(),
    digest: text().notNull(),
    definition: jsonb().$type<RecipeDefinition>().notNull(),
    files: jsonb().$type<FileEntry[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("recipe_version").on(t.organizationId, t.name, t.version)],
);
