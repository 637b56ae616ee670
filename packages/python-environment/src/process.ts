import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** A pid alone is reused by the system; with the start time it names one process. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** null when no process of this pid runs; a zombie does not run. */
export async function processIdentity(pid: number): Promise<ProcessIdentity | null> {
  if (process.platform === "linux") {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
    if (stat === null) return null;
    // The program's name is in parentheses and may hold spaces: fields are counted after the last one. State is field 3, start 22.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const startedAt = fields[19];
    return fields[0] === "Z" || startedAt === undefined ? null : { pid, startedAt };
  }
  const listed = await promisify(execFile)("ps", ["-o", "stat=,lstart=", "-p", String(pid)]).catch(
    () => null,
  );
  const [state, ...started] = (listed?.stdout ?? "").trim().split(/\s+/);
  return !state || state.startsWith("Z") ? null : { pid, startedAt: started.join(" ") };
}

export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await processIdentity(identity.pid))?.startedAt === identity.startedAt;
}

/** Whether any process of the group is left, its leader perhaps gone. */
export function groupAlive(groupId: number): boolean {
  return signalGroup(groupId, 0);
}

/** false when the group is already gone. */
export function signalGroup(groupId: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-groupId, signal);
    return true;
  } catch {
    return false;
  }
}
