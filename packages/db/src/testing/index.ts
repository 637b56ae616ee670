import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject, onTestFinished } from "vitest";
import { connect, type Database } from "../connect.ts";
import type { TestServer } from "./server.ts";

export type TestDatabase = AsyncDisposable & {
  /** As the application role: what the product sees. */
  db: Database;
  sql: postgres.Sql;
  /** As the owner of the tables: to look past row-level security, or to break something on purpose. */
  ownerDb: Database;
  ownerSql: postgres.Sql;
  url: string;
  ownerUrl: string;
};

/**
 * A migrated database of its own, gone when the test is over. Outside a test (in `beforeAll`) dispose of it yourself:
 * `await database[Symbol.asyncDispose]()`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const run: TestServer | undefined = inject("postgres");
  if (run === undefined)
    throw new Error(
      "No Postgres for tests: run vitest with --root at the top of the checkout, where vitest.config.ts is.",
    );
  if (run.fault !== undefined) throw new Error(`The migrations do not apply: ${run.fault}`);
  const name = `test_${randomBytes(8).toString("hex")}`;
  await asAdmin(
    run.adminUrl,
    `create database ${name} template preceptor_template owner preceptor_owner strategy file_copy`,
  );
  const [url, ownerUrl] = [onDatabase(run.appUrl, name), onDatabase(run.ownerUrl, name)];
  const app = connect({ url, max: 5, applicationName: "test" });
  const owner = connect({ url: ownerUrl, max: 2, applicationName: "test-owner" });
  const dispose = async (): Promise<void> => {
    await Promise.all([app.end(), owner.end()]);
    await asAdmin(run.adminUrl, `drop database if exists ${name} with (force)`);
  };
  try {
    onTestFinished(dispose);
  } catch {
    // Not inside a test: the caller disposes, and at the latest the server goes with the run.
  }
  return {
    db: app.db,
    sql: app.sql,
    ownerDb: owner.db,
    ownerSql: owner.sql,
    url,
    ownerUrl,
    [Symbol.asyncDispose]: dispose,
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
