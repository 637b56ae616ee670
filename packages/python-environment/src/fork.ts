import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isRunning } from "./process.ts";

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

/** Lets the shared interpreters below `forks` end as soon as nothing runs in a fork of them; else they wait a minute for the next program. */
export async function endForkServers(forks: string): Promise<void> {
  for (const name of await readdir(forks).catch(() => [])) {
    const note = await readFile(join(forks, name, "process"), "utf8").catch(() => "");
    const [pid, startedAt] = note.split("\n");
    if (!pid || !startedAt || !(await isRunning({ pid: Number(pid), startedAt }))) continue;
    try {
      process.kill(Number(pid), "SIGTERM");
    } catch {
      // It ended by itself in between.
    }
  }
}
