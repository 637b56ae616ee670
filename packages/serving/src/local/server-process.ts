import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import {
  groupAlive,
  isRunning,
  processIdentity,
  signalGroup,
  type ProcessIdentity,
} from "@preceptor/python-environment";
import type { DeploymentFolder } from "./folder.ts";

/** Who the server's shell said it is; null when it has not said so yet. */
export async function notedProcess(folder: DeploymentFolder): Promise<ProcessIdentity | null> {
  const note = await readFile(folder.process, "utf8").catch(() => "");
  const [pid, startedAt] = note.split("\n");
  if (!pid || !startedAt) return null;
  return { pid: Number(pid), startedAt: startedAt.trim().split(/\s+/).join(" ") };
}

export async function serverRuns(folder: DeploymentFolder): Promise<boolean> {
  const noted = await notedProcess(folder);
  return noted !== null && (await isRunning(noted));
}

/** Ends the server and everything it started: TERM, then KILL. Does nothing when another process has its pid now. */
export async function endServer(folder: DeploymentFolder, stopTimeoutMs: number): Promise<void> {
  const noted = await notedProcess(folder);
  if (noted === null) return;
  const now = await processIdentity(noted.pid);
  // A group's number is not given away while a member lives, so a group without its leader is still ours.
  if (now !== null && now.startedAt !== noted.startedAt) return;
  if (!signalGroup(noted.pid, "SIGTERM")) return;
  if (await gone(noted.pid, stopTimeoutMs)) return;
  signalGroup(noted.pid, "SIGKILL");
  await gone(noted.pid, 2000);
}

/** A zombie whose parent never asks keeps its group's number: so the wait has an end. */
async function gone(groupId: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (groupAlive(groupId)) {
    if (Date.now() > deadline) return false;
    await wait(50);
  }
  return true;
}
