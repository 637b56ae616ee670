import { setTimeout as wait } from "node:timers/promises";
import { terminalJobStatuses, type JobStatus } from "@preceptor/domain";
import type { Tools } from "../command.ts";
import type { Session } from "../connection/session.ts";
import type { Job } from "../connection/wire.ts";
import { exitCode, type ExitCode } from "../exit-code.ts";
import { failureOf } from "../failure.ts";
import { frame } from "./frame.ts";
import { observer, type Sight } from "./observe.ts";
import { news } from "./plain.ts";

const LOOK_EVERY_MS = 1000;
/** A server that is being restarted is waited for this long. */
const PATIENCE_MS = 60_000;

/** Shows a job until it has ended: drawn over on a terminal, else a line a change. Interrupting leaves the job running. */
export async function followJob(tools: Tools, session: Session, id: string): Promise<Job> {
  const { io } = tools;
  const look = observer(session, id);
  const show = tools.json || !io.stdout.live ? lineByLine(tools) : drawnOver(tools);
  let heardAt = io.now().getTime();
  for (;;) {
    let sight: Sight | null = null;
    try {
      sight = await look();
      heardAt = io.now().getTime();
    } catch (error) {
      if (io.stopped.aborted) throw leaving(tools, id);
      const silentMs = io.now().getTime() - heardAt;
      if (failureOf(error).code !== exitCode.unreachable || silentMs > PATIENCE_MS) throw error;
    }
    if (sight !== null) {
      show(sight);
      if (isOver(sight.job.status)) return sight.job;
    }
    await wait(LOOK_EVERY_MS, undefined, { signal: io.stopped }).catch(() => {
      throw leaving(tools, id);
    });
  }
}

/** Zero only for a job that succeeded. */
export const exitCodeOf = (status: JobStatus): ExitCode =>
  status === "succeeded"
    ? exitCode.ok
    : status === "cancelled"
      ? exitCode.jobCancelled
      : exitCode.jobFailed;

export const isOver = (status: JobStatus): boolean =>
  (terminalJobStatuses as readonly JobStatus[]).includes(status);

function leaving({ io, say }: Tools, id: string): unknown {
  say(`The job goes on. See it again with: preceptor job watch ${id}`);
  return io.stopped.reason;
}

function drawnOver({ io, paint }: Tools): (sight: Sight) => void {
  let drawn = 0;
  return (sight) => {
    const { columns, rows } = io.stdout;
    // What has scrolled away could not be drawn over.
    const lines = frame(sight, io.now(), columns, paint).slice(0, rows - 1);
    const back = drawn === 0 ? "" : `\u001b[${drawn}A`;
    io.stdout.write(`${back}\u001b[J${lines.join("\n")}\n`);
    drawn = lines.length;
  };
}

/** With --json the lines go to standard error: standard output holds the job as it ended. */
function lineByLine({ io, json }: Tools): (sight: Sight) => void {
  const output = json ? io.stderr : io.stdout;
  let before: Sight | null = null;
  return (sight) => {
    for (const line of news(before, sight, io.now())) output.write(`${line}\n`);
    before = sight;
  };
}
