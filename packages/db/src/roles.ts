import { createHmac } from "node:crypto";
import postgres from "postgres";

export const OWNER_ROLE = "preceptor_owner";
export const APP_ROLE = "preceptor_app";

export type DatabaseUrls = {
  /** Owns the tables: migrations only. */
  ownerUrl: string;
  /** Reads and writes rows, is bound by row-level security: everything else. */
  appUrl: string;
};

/** Makes database and both roles on a server we hold the superuser of (the embedded one). Safe to repeat. */
export async function ensureDatabase(adminUrl: string, database: string): Promise<DatabaseUrls> {
  const password = derivePassword(adminUrl, OWNER_ROLE);
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await ensureRole(sql, OWNER_ROLE, password);
    const found = await sql`select 1 from pg_database where datname = ${database}`;
    if (found.length === 0) await sql.unsafe(`create database "${database}" owner ${OWNER_ROLE}`);
    const appPassword = derivePassword(
      withUser(adminUrl, OWNER_ROLE, password, database),
      APP_ROLE,
    );
    await ensureRole(sql, APP_ROLE, appPassword);
  } finally {
    await sql.end();
  }
  return ensureAppRole(withUser(adminUrl, OWNER_ROLE, password, database));
}

/**
 * Given the owner of the database (`DATABASE_URL`), makes the application role and lets it use what the owner creates
 * from now on. Run it before the first migration: a migration may take a right away again, and that must last.
 * Where both URLs are handed out apart (a vault), the role gets the password given, else one derived from the owner's.
 */
export async function ensureAppRole(
  ownerUrl: string,
  password: string = derivePassword(ownerUrl, APP_ROLE),
): Promise<DatabaseUrls> {
  const appUrl = withUser(ownerUrl, APP_ROLE, password);
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    if (!(await canSignIn(appUrl))) await ensureRole(sql, APP_ROLE, password);
    await sql.unsafe(`
      grant usage on schema public to ${APP_ROLE};
      alter default privileges in schema public grant select, insert, update, delete on tables to ${APP_ROLE};
      alter default privileges in schema public grant usage, select on sequences to ${APP_ROLE};`);
  } finally {
    await sql.end();
  }
  return { ownerUrl, appUrl };
}

async function ensureRole(sql: postgres.Sql, name: string, password: string): Promise<void> {
  const found = await sql`select 1 from pg_roles where rolname = ${name}`;
  const verb = found.length === 0 ? "create" : "alter";
  // Only a superuser may say NOSUPERUSER or NOBYPASSRLS on ALTER; both are the default of CREATE.
  const quoted = password.replaceAll("'", "''");
  await sql.unsafe(`${verb} role ${name} login password '${quoted}'`).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `DATABASE_URL's user could not ${verb} role ${name} (${why}): give it CREATEROLE once.`,
      { cause: error },
    );
  });
  const [role] = await sql`select rolsuper, rolbypassrls from pg_roles where rolname = ${name}`;
  if (role?.rolsuper || role?.rolbypassrls) {
    throw new Error(
      `Role ${name} must be neither superuser nor BYPASSRLS: row-level security would not bind it. Take these attributes away.`,
    );
  }
}

async function canSignIn(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end();
  }
}

/** The same on every machine that knows the owner's URL, so no second secret has to be handed around. */
function derivePassword(url: string, role: string): string {
  const secret = decodeURIComponent(new URL(url).password);
  if (secret === "")
    throw new Error(
      "DATABASE_URL must hold a password: the application role's is derived from it.",
    );
  return createHmac("sha256", secret).update(role).digest("hex");
}

export function withUser(url: string, user: string, password: string, database?: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = encodeURIComponent(password);
  if (database !== undefined) changed.pathname = `/${database}`;
  return changed.href;
}
