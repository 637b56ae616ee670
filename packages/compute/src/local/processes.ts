import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** `<boot>/<ticks since boot>` on Linux, the start's date elsewhere; only ever compared. */
  readonly started: string;
}
export interface ProcessRow extends ProcessIdentity {
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

const onLinux = process.platform === "linux";
// The kernel reports times in USER_HZ, which is 100 on every architecture Linux still runs on.
const tickMs = 10;
const pageBytes = onLinux ? pageSize() : 4096;
const bootId = onLinux ? readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim() : "";

/** All processes of this machine that are not zombies. */
export function listProcesses(): readonly ProcessRow[] {
  if (!onLinux) return parsePs(ps(["-A"]));
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readRow(pid) ?? []);
}

export function findProcess(pid: number): ProcessRow | null {
  return onLinux ? readRow(String(pid)) : (parsePs(ps(["-p", String(pid)]))[0] ?? null);
}

export const isAlive = (identity: ProcessIdentity): boolean =>
  findProcess(identity.pid)?.started === identity.started;

/** Whether the machine was restarted since that process started; false where it cannot be known. */
export const startedBeforeThisBoot = (identity: ProcessIdentity): boolean =>
  onLinux && !identity.started.startsWith(`${bootId}/`);

/** Whether a process was given this variable at its start; false where the system does not tell. */
export function hasVariable(pid: number, name: string, value: string): boolean {
  if (!onLinux) return false;
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, "latin1")}`.includes(`\0${name}=${value}\0`);
  } catch {
    return false;
  }
}

function readRow(pid: string): ProcessRow | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return null;
  }
}

/** One line of proc(5)'s `stat`. The program's name may hold blanks and brackets, so fields are counted from its end. */
function parseStat(text: string): ProcessRow | null {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return null;
  const at = (index: number): number => Number(fields[index] ?? 0);
  return {
    pid: Number.parseInt(text, 10),
    started: `${bootId}/${fields[19] ?? ""}`,
    parent: at(1),
    group: at(2),
    session: at(3),
    cpuMs: (at(11) + at(12)) * tickMs,
    memoryBytes: at(21) * pageBytes,
  };
}

/** Lines of `ps -o pid=,ppid=,pgid=,rss=,stat=,time=,lstart=`; ps has no session that all systems agree on. */
export function parsePs(text: string): readonly ProcessRow[] {
  return text.split("\n").flatMap((line) => {
    const [pid, parent, group, rssKb, state, time, ...started] = line.trim().split(/\s+/);
    if (!pid || !time || !state || state.startsWith("Z")) return [];
    return {
      pid: Number(pid),
      started: started.join(" "),
      parent: Number(parent),
      group: Number(group),
      session: Number(group),
      cpuMs: psTimeMs(time),
      memoryBytes: Number(rssKb) * 1024,
    };
  });
}

/** `[[days-]hours:]minutes:seconds[.fraction]` */
function psTimeMs(text: string): number {
  const [clock = "", days = "0"] = text.split("-").toReversed();
  const [s = "0", m = "0", h = "0"] = clock.split(":").toReversed();
  return Math.round((((Number(days) * 24 + Number(h)) * 60 + Number(m)) * 60 + Number(s)) * 1000);
}

function ps(which: readonly string[]): string {
  try {
    const columns = "pid=,ppid=,pgid=,rss=,stat=,time=,lstart=";
    return execFileSync("ps", [...which, "-o", columns], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}

function pageSize(): number {
  try {
    return Number(execFileSync("getconf", ["PAGESIZE"], { encoding: "utf8" })) || 4096;
  } catch {
    return 4096;
  }
}
