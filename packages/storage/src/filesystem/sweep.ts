import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { INCOMING } from "./place.ts";

const ABANDONED_MS = 24 * 60 * 60_000;

/** Takes away what a killed process left half-written; younger files may belong to an upload of another process. */
export async function sweepIncoming(root: string, nowMs: number): Promise<void> {
  const folder = join(root, INCOMING);
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found !== null && nowMs - found.mtimeMs > ABANDONED_MS)
      await rm(join(folder, name), { force: true });
  }
}
