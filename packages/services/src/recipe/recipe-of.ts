import type { recipe } from "@preceptor/db";
import type { Recipe } from "@preceptor/domain";

export const recipeOf = (row: typeof recipe.$inferSelect): Recipe => ({
  ...row.definition,
  version: row.version,
  id: row.id,
  digest: row.digest,
  files: row.files,
  createdAt: row.createdAt,
});
