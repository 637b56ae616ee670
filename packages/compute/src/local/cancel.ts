import { writeFile } from "node:fs/promises";
import { readClaim } from "./claim.ts";
import type { AttemptLayout } from "./layout.ts";
import { isAlive } from "./processes.ts";
import { readState } from "./state.ts";

/** Asks by a file, which outlives a restart of anybody; the signal only makes it sooner. */
export async function cancelAttempt(layout: AttemptLayout): Promise<void> {
  const claim = await readClaim(layout);
  if (!claim?.supervisor || (await readState(layout))?.ending) return;
  await writeFile(layout.cancelFile, "");
  if (!isAlive(claim.supervisor)) return;
  try {
    process.kill(claim.supervisor.pid, "SIGTERM");
  } catch {
    // It ended by itself in between.
  }
}
