import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { isAlive } from "../embedded-pid.ts";
import { startEmbedded } from "../embedded.ts";
import { migrate } from "../migrate.ts";
import { ensureDatabase } from "../roles.ts";

export type TestServer = {
  adminUrl: string;
  ownerUrl: string;
  appUrl: string;
  /** Why the migrations failed, if they did: told by the tests that need a database, so that the others still run. */
  fault: string | undefined;
};

declare module "vitest" {
  interface ProvidedContext {
    /** Where this run's Postgres is: superuser, and owner and application role on the template. */
    postgres: TestServer;
  }
}

export const TEMPLATE = "preceptor_template";
const PREFIX = "preceptor-test-";
const NEEDED_BYTES = 2e9;

/** Vitest's globalSetup: one server a run, in memory where there is room, with one migrated database to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const parent = roomyFolder();
  await sweep(parent);
  const dataDir = join(parent, `${PREFIX}${process.pid}`);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { mode: 0o711 });
  const server = await startEmbedded({ dataDir, durable: false, maxConnections: 400 });
  const close = async (): Promise<void> => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const urls = await ensureDatabase(server.adminUrl, TEMPLATE);
    const fault = await migrate(urls.ownerUrl).then(() => undefined, String);
    project.provide("postgres", { adminUrl: server.adminUrl, ...urls, fault });
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

function roomyFolder(): string {
  const memory = "/dev/shm";
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > NEEDED_BYTES ? memory : tmpdir();
}

/** Ends servers whose test run was killed before it could. */
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = join(parent, name);
    if (
      isAlive(Number(name.slice(PREFIX.length))) ||
      !existsSync(join(dataDir, "postgres", "data"))
    )
      continue;
    await (await startEmbedded({ dataDir, durable: false })).stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
