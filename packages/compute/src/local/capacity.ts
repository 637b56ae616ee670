import { mkdir, readdir, statfs } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import type { CapacityReader } from "../provider.ts";
import { readClaim } from "./claim.ts";
import { attemptLayout, isAttemptId, runningFolder } from "./layout.ts";
import { isAlive } from "./processes.ts";
import { readState } from "./state.ts";

export async function readCapacity(workDir: string): ReturnType<CapacityReader["capacity"]> {
  await mkdir(workDir, { recursive: true });
  const disk = await statfs(workDir);
  return {
    cpuCores: availableParallelism(),
    memoryBytes: totalmem(),
    freeDiskBytes: disk.bavail * disk.bsize,
    gpus: (await names("/dev")).filter((name) => /^nvidia\d+$/.test(name)).length,
    running: await countRunning(workDir),
  };
}

async function countRunning(workDir: string): Promise<number> {
  let running = 0;
  for (const id of (await names(runningFolder(workDir))).filter(isAttemptId)) {
    const layout = attemptLayout(workDir, id);
    const claim = await readClaim(layout);
    // One that has written the ending is leaving.
    if (claim?.supervisor && isAlive(claim.supervisor) && !(await readState(layout))?.ending)
      running++;
  }
  return running;
}

const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
