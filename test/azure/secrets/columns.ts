import type { testDatabase } from "@preceptor/db/testing";
import type { Said } from "./find.ts";

type Sql = Awaited<ReturnType<typeof testDatabase>>["ownerSql"];

/** Everything the database holds, past row-level security: one text a column, bytes also as the text they may be. */
export async function everyColumn(sql: Sql): Promise<Said[]> {
  const columns = await sql<{ schema: string; table: string; column: string; type: string }[]>`
    select c.table_schema as schema, c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE'
    order by 1, 2, c.ordinal_position`;
  const said: Said[] = [];
  for (const { schema, table, column, type } of columns) {
    const name = sql(column);
    const value = type === "bytea" ? sql`encode(${name}, 'escape')` : sql`${name}::text`;
    const rows = await sql<{ text: string }[]>`
      select ${value} as text from ${sql(schema)}.${sql(table)} where ${name} is not null`;
    const text = rows.map((row) => row.text).join("\n");
    said.push({ where: `database ${table}.${column}`, text });
  }
  return said;
}
