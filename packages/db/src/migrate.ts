import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));
// Any number will do, as long as every process that migrates takes the same.
const LOCK = 7_302_025_118;

type Journal = { entries: readonly { tag: string; when: number }[] };
type Applied = { hash: string; when: number };

/** Brings the database to the newest migration as its owner. Any number of processes may call it at once. */
export async function migrate(ownerUrl: string, folder: string = MIGRATIONS): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    const journal = readJournal(folder);
    const hashes = readMigrationFiles({ migrationsFolder: folder }).map((file) => file.hash);
    const fault = findFault(
      journal.entries.map((entry, index) => ({ ...entry, hash: hashes[index] ?? "" })),
      await appliedOn(sql),
    );
    if (fault !== undefined) throw new Error(fault);
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end();
  }
}

/** Why drizzle would leave the database in a state nobody meant, if it would. It applies only what is newer than the last applied. */
export function findFault(
  known: readonly { tag: string; when: number; hash: string }[],
  applied: readonly Applied[],
): string | undefined {
  const last = Math.max(0, ...applied.map((row) => row.when));
  for (const [index, { tag, when, hash }] of known.entries()) {
    const before = known[index - 1];
    if (before !== undefined && before.when >= when)
      return `Migration ${tag} is dated before ${before.tag}: generate it again.`;
    const done = applied.find((row) => row.when === when);
    if (done !== undefined && done.hash !== hash)
      return `Migration ${tag} was changed after it was applied: undo the change and add a new migration.`;
    if (done === undefined && when <= last)
      return `Migration ${tag} is older than the last applied one and would be skipped: generate it again.`;
  }
  const unknown = applied.filter((row) => !known.some((entry) => entry.when === row.when));
  if (unknown.length > 0)
    return `The database has ${unknown.length} migration(s) this version does not know: start the newer version.`;
  return undefined;
}

async function appliedOn(sql: postgres.Sql): Promise<readonly Applied[]> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (table?.name == null) return [];
  const rows =
    await sql`select hash, created_at from drizzle.__drizzle_migrations order by created_at`;
  return rows.map((row) => ({ hash: String(row.hash), when: Number(row.created_at) }));
}

function readJournal(folder: string): Journal {
  const path = join(folder, "meta", "_journal.json");
  if (!existsSync(path))
    throw new Error(
      `No migrations in ${folder}: run \`npm run generate -w @preceptor/db -- <name>\`.`,
    );
  const journal: Journal = JSON.parse(readFileSync(path, "utf8"));
  return journal;
}
