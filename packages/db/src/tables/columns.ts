import { sql } from "drizzle-orm";
import { text, timestamp, type AnyPgColumn, bigint, check } from "drizzle-orm/pg-core";

export const id = () => text().primaryKey();
/** Every tenant row says whose it is; row-level security reads this column. */
export const organizationId = () => text().notNull();
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });
export const createdAt = () => instant().notNull().defaultNow();
export const bytes = () => bigint({ mode: "number" });

/** Text with a CHECK from the domain's list: no pgEnum, so a new word is one migration without a type change. */
export const oneOf = (name: string, column: AnyPgColumn, words: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(words.map((w) => `'${w}'`).join(", "))})`);
