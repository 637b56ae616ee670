import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { processIdentity } from "./process.ts";

const LOOK_AGAIN_MS = 250;

/**
 * Runs the work while holding a lock folder, which any process of this machine sees. A holder that was killed is noticed by its
 * pid and start time, and its lock taken away.
 */
export async function withLock<Result>(
  folder: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  while (!(await acquire(folder))) {
    signal?.throwIfAborted();
    if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true });
    else await wait(LOOK_AGAIN_MS, undefined, signal === undefined ? {} : { signal });
  }
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function acquire(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
  await writeFile(join(folder, "owner.json"), JSON.stringify(await processIdentity(process.pid)));
  return true;
}

/** The owner is written a moment after the folder: unreadable twice in a row means its maker died in between. */
async function isAbandoned(folder: string): Promise<boolean> {
  const owner = (await ownerOf(folder)) ?? (await wait(1000).then(() => ownerOf(folder)));
  if (owner === null) return true;
  return (await processIdentity(owner.pid))?.startedAt !== owner.startedAt;
}

async function ownerOf(folder: string): Promise<{ pid: number; startedAt: string } | null> {
  try {
    const owner: unknown = JSON.parse(await readFile(join(folder, "owner.json"), "utf8"));
    if (typeof owner !== "object" || owner === null) return null;
    if (!("pid" in owner) || !("startedAt" in owner)) return null;
    const { pid, startedAt } = owner;
    return typeof pid === "number" && typeof startedAt === "string" ? { pid, startedAt } : null;
  } catch {
    return null;
  }
}
