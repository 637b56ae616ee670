import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { hasVariable, listProcesses, type ProcessIdentity, type ProcessRow } from "./processes.ts";

/** By what a process is known to belong to an attempt. */
export interface Kinship {
  /** The attempt's folder, which no other installation has; another may well have an attempt of the same id. */
  readonly root: string;
  /** Leaders of the groups the supervisor started. */
  readonly groups: readonly ProcessIdentity[];
  /** Where programs that run in a fork of shared libraries note who they are: they descend from another process. */
  readonly forked: string;
  /** The supervisor, whose descendants belong to the attempt but who itself does not. */
  readonly supervisor: ProcessIdentity | null;
}
/** Holds the attempt's folder in all that is started for it. */
export const attemptVariable = "PRECEPTOR_ATTEMPT_DIR";
const pollMs = 50;

/** Members by group, session or descent; what left all three is found by the attempt's variable it was started with. */
export function membersOf(
  kin: Kinship,
  { thorough }: { thorough: boolean },
): readonly ProcessRow[] {
  const rows = listProcesses();
  const groups = new Set(standingGroups([...kin.groups, ...notedForks(kin.forked)], rows));
  const found = new Set<number>();
  const descends = descent(rows, kin.supervisor);
  for (const row of rows) {
    if (row.pid === kin.supervisor?.pid || row.pid === process.pid) continue;
    const related = groups.has(row.group) || groups.has(row.session) || descends(row);
    if (related || (thorough && hasVariable(row.pid, attemptVariable, kin.root)))
      found.add(row.pid);
  }
  return rows.filter((row) => found.has(row.pid));
}

/** Asks every member to end, then makes it; true once none is left. */
export async function endMembers(kin: Kinship, graceMs: number): Promise<boolean> {
  const began = performance.now();
  const asked = new Set<number>();
  for (;;) {
    const members = membersOf(kin, { thorough: true });
    if (members.length === 0) return true;
    const waitedMs = performance.now() - began;
    if (waitedMs > graceMs + 10_000) return false;
    const force = waitedMs >= graceMs;
    for (const { pid } of members) {
      if (!force && asked.has(pid)) continue;
      asked.add(pid);
      signal(pid, force ? "SIGKILL" : "SIGTERM");
    }
    await pause(pollMs);
  }
}

function notedForks(folder: string): ProcessIdentity[] {
  try {
    return readdirSync(folder).map((pid) => ({
      pid: Number(pid),
      started: readFileSync(join(folder, pid), "utf8"),
    }));
  } catch {
    return [];
  }
}

/** A group whose leader's number now belongs to another process is not ours any more. */
function standingGroups(groups: readonly ProcessIdentity[], rows: readonly ProcessRow[]): number[] {
  const started = new Map(rows.map((row) => [row.pid, row.started]));
  return groups
    .filter((leader) => (started.get(leader.pid) ?? leader.started) === leader.started)
    .map((leader) => leader.pid);
}

function descent(
  rows: readonly ProcessRow[],
  root: ProcessIdentity | null,
): (row: ProcessRow) => boolean {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  if (root === null || byPid.get(root.pid)?.started !== root.started) return () => false;
  return (row) => {
    for (let at: ProcessRow | undefined = row, hops = 0; at && hops < 64; hops++) {
      if (at.parent === root.pid) return true;
      at = byPid.get(at.parent);
    }
    return false;
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the listing and now, which is what was wanted.
  }
}
