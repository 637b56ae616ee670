import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "./index.ts";

test("every call is a database of its own, used as a role that row-level security binds", async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  await one.ownerSql`create table only_here (value int)`;
  const [role] =
    await one.sql`select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user`;
  expect(role).toEqual({ rolname: "preceptor_app", rolsuper: false, rolbypassrls: false });
  await one.sql`insert into only_here values (1)`;
  await expect(one.sql`alter table only_here add column more int`).rejects.toThrow("must be owner");
  await expect(two.sql`select * from only_here`).rejects.toThrow("does not exist");
});

test("a disposed database is gone", async () => {
  const { url, ...database } = await testDatabase();
  await database[Symbol.asyncDispose]();
  const sql = postgres(url, { max: 1 });
  await expect(sql`select 1`).rejects.toThrow("does not exist");
  await sql.end();
});
