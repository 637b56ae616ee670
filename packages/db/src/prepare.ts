import postgres from "postgres";
import { migrate } from "./migrate.ts";
import { APP_ROLE, ensureAppRole } from "./roles.ts";

/**
 * Brings a server of somebody's own to where API, worker and gateway can start: the database, the application role with
 * the password of `appUrl`, the newest migration. Safe to repeat, and from any number of processes.
 */
export async function prepareDatabase(ownerUrl: string, appUrl: string): Promise<void> {
  const [owner, app] = [new URL(ownerUrl), new URL(appUrl)];
  if (app.username !== APP_ROLE)
    throw new Error(
      `DATABASE_URL must name the role ${APP_ROLE}: row-level security is written for it.`,
    );
  if (app.host !== owner.host || app.pathname !== owner.pathname)
    throw new Error("DATABASE_URL and DATABASE_OWNER_URL must name the same server and database.");
  await ensureOwnedDatabase(owner);
  await ensureAppRole(ownerUrl, decodeURIComponent(app.password));
  await migrate(ownerUrl);
}

/** Made by the owner itself, so that it owns it: a database that a cloud makes belongs to a role of the cloud. */
async function ensureOwnedDatabase(owner: URL): Promise<void> {
  const database = decodeURIComponent(owner.pathname.slice(1));
  const elsewhere = new URL(owner);
  elsewhere.pathname = "/postgres";
  const sql = postgres(elsewhere.href, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`;
    if (found.length === 0) await sql`create database ${sql(database)}`;
  } catch (error) {
    // Another process made it in the same moment.
    if (!(error instanceof postgres.PostgresError && error.code === "42P04")) throw error;
  } finally {
    await sql.end();
  }
}
