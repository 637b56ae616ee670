import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as tables from "./tables/index.ts";

export type Database = PostgresJsDatabase<typeof tables>;
/** What a verb writes through inside `transaction`. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export type Connection = { db: Database; sql: postgres.Sql; end(): Promise<void> };

export type ConnectOptions = {
  url: string;
  /** Connections of this process; default 10. */
  max?: number;
  applicationName?: string;
};

/** Opens a pool; connections are made when first needed. */
export function connect({
  url,
  max = 10,
  applicationName = "preceptor",
}: ConnectOptions): Connection {
  const sql = postgres(url, {
    max,
    onnotice: () => {},
    connection: { application_name: applicationName },
  });
  return {
    db: drizzle(sql, { schema: tables, casing: "snake_case" }),
    sql,
    end: () => sql.end({ timeout: 5 }),
  };
}
