import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { AttemptProcess } from "@preceptor/domain";
import { findProcess, type ProcessIdentity } from "../processes.ts";
import { AttemptFailure } from "./failure.ts";
import { NodeLog } from "./node-log.ts";

export interface NodePlan {
  readonly node: number;
  /** The lowest rank on this node. */
  readonly rank: number;
  readonly argv: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}
export interface NodeExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}
export interface RunningNode {
  readonly plan: NodePlan;
  readonly identity: ProcessIdentity;
  readonly log: NodeLog;
  readonly exited: Promise<NodeExit>;
  exit: NodeExit | null;
  /** Ends reading what it prints; call it once nothing of the attempt lives. */
  close(): Promise<void>;
}

/** Starts one node's program as the leader of its own session, so that all it starts can be found and ended. */
export function startNode(
  plan: NodePlan,
  folders: { code: string; logs: string },
  logLimitBytes: number,
): RunningNode {
  const log = new NodeLog(join(folders.logs, `node-${plan.node}`), logLimitBytes);
  // The shell joins both streams into one pipe, in the order they were written, and becomes the program.
  const child = spawn("/bin/sh", ["-c", 'exec "$@" 2>&1', "sh", ...plan.argv], {
    cwd: folders.code,
    env: plan.variables,
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (child.pid === undefined) {
    child.on("error", () => {});
    throw new AttemptFailure("start-refused", `node ${plan.node} could not be started`);
  }
  child.stdout.on("data", (chunk: Buffer) => log.write(chunk));
  const node: RunningNode = {
    plan,
    // One that is over before it was looked at can have left no group behind that its variable would not find.
    identity: { pid: child.pid, started: findProcess(child.pid)?.started ?? "" },
    log,
    exit: null,
    exited: exitOf(child).then((exit) => (node.exit = exit)),
    close: () => drain(child, log),
  };
  return node;
}

export function processOf({ plan, exit }: RunningNode): AttemptProcess {
  const { node, rank } = plan;
  return exit
    ? { rank, node, state: "exited", exitCode: exit.code ?? 128 + signalNumber(exit.signal) }
    : { rank, node, state: "running", exitCode: null };
}

const exitOf = (child: ChildProcess): Promise<NodeExit> =>
  new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));

/** What was printed before the end is still in the pipe; a pipe that somebody holds open is left after a moment. */
async function drain(child: ChildProcess, log: NodeLog): Promise<void> {
  const { stdout } = child;
  if (stdout && !stdout.closed)
    await new Promise<void>((resolve) => {
      const patience = setTimeout(() => stdout.destroy(), 2000);
      stdout.once("close", () => {
        clearTimeout(patience);
        resolve();
      });
    });
  log.close();
}

const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};
const signalNumber = (signal: NodeJS.Signals | null): number => signalNumbers[signal ?? ""] ?? 0;
