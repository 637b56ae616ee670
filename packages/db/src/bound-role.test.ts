import postgres from "postgres";
import { expect, inject, test } from "vitest";
import { refuseUnboundRole } from "./bound-role.ts";
import { testDatabase } from "./testing/index.ts";

test("the application role is taken; the owner of the tables and a superuser are refused by name", async () => {
  const database = await testDatabase();
  await refuseUnboundRole(database.sql);
  await expect(refuseUnboundRole(database.ownerSql)).rejects.toThrow(
    /preceptor_owner, which owns the tables/,
  );
  const url = new URL(inject("postgres").adminUrl);
  url.pathname = new URL(database.url).pathname;
  const admin = postgres(url.href, { max: 1 });
  await expect(refuseUnboundRole(admin)).rejects.toThrow(/which is a superuser/);
  await admin.end();
});
