import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Lets one stack at a time use a data folder. Returns what gives the folder free again. */
export function lockDataFolder(dataDir: string): () => void {
  const path = join(dataDir, "stack.lock");
  const mine = `${process.pid} ${birthOf(process.pid)}`;
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
    }
    const [pid, birth] = readFileSync(path, "utf8").split(" ");
    if (
      pid !== undefined &&
      birth !== undefined &&
      birth !== "" &&
      birthOf(Number(pid)) === birth
    ) {
      throw new Error(
        `A stack (pid ${pid}) already runs on ${dataDir}: stop it, or set PRECEPTOR_DATA_DIR and other ports.`,
      );
    }
    rmSync(path, { force: true });
  }
}

/** When a process began, so that a pid used again is not taken for the one that held the lock. Empty if it is gone. */
function birthOf(pid: number): string {
  try {
    if (process.platform !== "linux") return process.kill(pid, 0) ? "alive" : "";
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 22, counted after the command in parentheses, which may hold spaces.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
