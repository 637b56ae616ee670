import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

export type RunningServer = { pid: number; port: number; ready: boolean };

/**
 * The server now running on this data folder, by its postmaster.pid (lines: pid, data folder, start time, port, socket
 * folder, address, shared memory key, status). A file left by a killed server is no server.
 */
export function runningServer(dataFolder: string): RunningServer | undefined {
  const lines = linesOf(dataFolder);
  if (lines === undefined) return undefined;
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0 || !isPostgresOn(pid, dataFolder)) return undefined;
  return { pid, port, ready: lines[7]?.trim() === "ready" };
}

/**
 * Removes the file of a killed server whose pid now belongs to another program, which Postgres would take for itself.
 * The file of a dead pid stays: by it Postgres sees whether sessions of the killed server still hold its memory.
 */
export function forgetReusedPid(dataFolder: string): void {
  const pid = Number(linesOf(dataFolder)?.[0]);
  if (pid > 0 && isAlive(pid) && !isPostgresOn(pid, dataFolder))
    rmSync(join(dataFolder, "postmaster.pid"), { force: true });
}

function linesOf(dataFolder: string): string[] | undefined {
  const path = join(dataFolder, "postmaster.pid");
  return existsSync(path) ? readFileSync(path, "utf8").split("\n") : undefined;
}

/** A pid is reused after a reboot, and soon in a container: only a process that names this data folder is ours. */
function isPostgresOn(pid: number, dataFolder: string): boolean {
  return isAlive(pid) && commandOf(pid).includes(dataFolder);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function commandOf(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
  } catch {
    return "";
  }
}
