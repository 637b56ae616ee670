import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isRunning, processIdentity, signalGroup } from "@preceptor/python-environment";
import type { JobDocument, JobProcess } from "../state.ts";
import type { World } from "../world.ts";
import { runFolders } from "./folders.ts";
import { RunFailure } from "./status.ts";
import { runVariable } from "./variables.ts";

/** The shell outlives the SIGTERM that its program gets, and leaves the exit code for whoever looks, now or after a restart. */
const wrapper =
  'trap : TERM INT; /bin/bash -c "$1"; code=$?; echo $code > "$2.draft"; mv "$2.draft" "$2"';

export interface Launch {
  readonly command: string;
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly exitFile: string;
  readonly logFile: string;
}

/** Starts one process as the leader of its own group, its output in a file: it needs nobody to go on. */
export async function startProcess(launch: Launch): Promise<JobProcess["identity"]> {
  for (const file of [launch.exitFile, launch.logFile])
    await mkdir(dirname(file), { recursive: true });
  const log = openSync(launch.logFile, "a");
  const child = spawn("/bin/sh", ["-c", wrapper, "sh", launch.command, launch.exitFile], {
    cwd: launch.folder,
    env: launch.variables,
    detached: true,
    stdio: ["ignore", log, log],
  });
  child.on("error", () => {});
  child.unref();
  closeSync(log);
  if (child.pid === undefined)
    throw new RunFailure("ServiceError", "The process could not be started.");
  return (await processIdentity(child.pid)) ?? { pid: child.pid, startedAt: "" };
}

/** null while it runs; a process that is gone without a word was killed. */
export async function exitCodeOf({ exitFile, identity }: JobProcess): Promise<number | null> {
  const read = async (): Promise<number | null> => {
    const text = await readFile(exitFile, "utf8").catch(() => null);
    return text === null ? null : Number(text);
  };
  const code = await read();
  if (code !== null || (await isRunning(identity))) return code;
  return (await read()) ?? 137;
}

/** Ends a run's process groups, and what left them: first asked, then made to. */
export async function endProcesses(world: World, job: JobDocument, graceMs: number): Promise<void> {
  const { processes } = job;
  const { root } = runFolders(world, job);
  const groups: number[] = [];
  for (const { identity } of processes) if (await isRunning(identity)) groups.push(identity.pid);
  const all = (signal: NodeJS.Signals): void =>
    groups.forEach((group) => signalGroup(group, signal));
  const strays = await membersOf(root);
  if (graceMs > 0) {
    all("SIGTERM");
    const until = Date.now() + graceMs;
    while (Date.now() < until && groups.some((group) => signalGroup(group, 0))) await pause(50);
  }
  all("SIGKILL");
  for (const pid of new Set([...strays, ...(await membersOf(root))])) kill(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

/** Processes that carry the run's folder in their environment: a launcher may have given them a session of their own. */
async function membersOf(folder: string): Promise<number[]> {
  if (process.platform !== "linux") return [];
  const wanted = `${runVariable}=${folder}`;
  const pids: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const environment = await readFile(`/proc/${name}/environ`, "latin1").catch(() => "");
    if (environment.split("\0").includes(wanted)) pids.push(Number(name));
  }
  return pids;
}
