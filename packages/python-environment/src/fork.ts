import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isRunning, type ProcessIdentity } from "./process.ts";

const runner = fileURLToPath(new URL("./fork-server/run.py", import.meta.url));

/**
 * What follows the interpreter, and is followed by the program's own arguments, to run it in a fork of an interpreter that has imported the
 * modules of `preload` already. To who starts it, it is the program: streams, variables, signals and exit are the program's.
 */
export const forkArguments = (forks: string, preload: string): string[] => [
  "-S",
  "-E",
  runner,
  forks,
  preload,
];

const endMs = 3000;
const lookMs = 20;

/**
 * Lets the shared interpreters below `forks` end as soon as nothing runs in a fork of them; else they wait a minute for the next program.
 * Returns once they have, or after a moment: a training attempt that goes on keeps its own.
 */
export async function endForkServers(forks: string): Promise<void> {
  const asked: ProcessIdentity[] = [];
  for (const name of await readdir(forks).catch(() => [])) {
    const note = await readFile(join(forks, name, "process"), "utf8").catch(() => "");
    const [pid, startedAt] = note.split("\n");
    if (!pid || !startedAt) continue;
    const server = { pid: Number(pid), startedAt };
    if (!(await isRunning(server))) continue;
    try {
      process.kill(server.pid, "SIGTERM");
      asked.push(server);
    } catch {
      // It ended by itself in between.
    }
  }
  const deadline = performance.now() + endMs;
  for (const server of asked)
    while ((await isRunning(server)) && performance.now() < deadline) await pause(lookMs);
}
