import type { recipe } from "@preceptor/db";
import type { ParameterSchema, Recipe } from "@preceptor/domain";

export const recipeOf = (row: typeof recipe.$inferSelect): Recipe => ({
  ...row.definition,
  parameters: inOrder(row.definition.parameters),
  version: row.version,
  id: row.id,
  digest: row.digest,
  files: row.files,
  createdAt: row.createdAt,
});

/** Parameters in their author's order; one that the order does not name comes last. */
function inOrder(schema: ParameterSchema): ParameterSchema {
  const order = schema.order ?? [];
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(schema.properties).toSorted(([a], [b]) => place(a) - place(b)),
    ),
  };
}
