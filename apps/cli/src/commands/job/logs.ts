import { setTimeout as wait } from "node:timers/promises";
import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, type Tools } from "../../command.ts";
import type { Session } from "../../connection/session.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { printable } from "../../render/printable.ts";
import { size } from "../../render/figure.ts";
import { isOver } from "../../watch/follow.ts";

const CHUNK_BYTES = 500_000;
const LOOK_EVERY_MS = 1000;

export const jobLogs = defineCommand({
  usage: "logs <id>",
  about: "print a job's log",
  args: z.tuple([idOf("job")]),
  flags: [
    { flags: "--follow", about: "go on as it grows, until its process has ended" },
    { flags: "--attempt <n>", about: "which attempt, from 1 (default: the newest)" },
    { flags: "--log <name>", about: "which process, e.g. node-0 (default: the first)" },
  ],
  options: z.object({
    follow: z.boolean().default(false),
    attempt: z.coerce
      .number("give the attempt's number")
      .int("give the attempt's number")
      .min(1, "attempts are counted from 1")
      .optional(),
    log: z.string().max(100).optional(),
  }),
  async run(tools, [id], options) {
    const session = await tools.session();
    for (;;) {
      const found = await findLog(tools, session, id, options);
      if (found !== null) return printLog(tools, session, found, options.follow);
      const job = await session.api.job.get.query({ id });
      if (!options.follow || isOver(job.status)) {
        tools.say("There is no log yet; use --follow to wait for it.");
        if (tools.json)
          tools.answer({ attemptId: null, log: null, text: "", droppedBytes: 0, ended: false }, "");
        return;
      }
      await pause(tools);
    }
  },
});

interface Log {
  readonly attemptId: string;
  readonly log: string;
}

async function findLog(
  tools: Tools,
  { api }: Session,
  jobId: string,
  wanted: { attempt?: number | undefined; log?: string | undefined },
): Promise<Log | null> {
  const { attemptList } = await api.job.get.query({ id: jobId });
  const attempt =
    wanted.attempt === undefined
      ? attemptList.at(-1)
      : attemptList.find(({ number }) => number === wanted.attempt);
  if (attempt === undefined) {
    if (wanted.attempt === undefined || attemptList.length === 0) return null;
    throw notThere("--attempt", `there are attempts 1 to ${attemptList.length}`);
  }
  const logs = await api.job.logs.query({ jobId, attemptId: attempt.id });
  if (logs.length === 0) return null;
  const names = logs.map(({ log }) => log).join(", ");
  const chosen = wanted.log === undefined ? logs[0] : logs.find(({ log }) => log === wanted.log);
  if (chosen === undefined) throw notThere("--log", `there are ${names}`);
  if (wanted.log === undefined && logs.length > 1)
    tools.say(`Showing ${chosen.log} of ${names}; choose with --log.`);
  return chosen;
}

async function printLog(tools: Tools, { api }: Session, of: Log, follow: boolean): Promise<void> {
  const { io, json } = tools;
  const texts: string[] = [];
  let offset = 0;
  for (;;) {
    const chunk = await api.job.readLog.query({ ...of, offset, limitBytes: CHUNK_BYTES });
    const grew = chunk.nextOffset > offset;
    offset = chunk.nextOffset;
    // A line of JSON a chunk while following; else the whole log as one document.
    if (json && follow && grew) io.stdout.write(`${JSON.stringify({ ...of, ...chunk })}\n`);
    else if (json) texts.push(chunk.text);
    else io.stdout.write(io.stdout.live ? printable(chunk.text) : chunk.text);
    if (grew) continue;
    if (chunk.ended || !follow) {
      const { droppedBytes, ended } = chunk;
      if (json && !follow) tools.answer({ ...of, text: texts.join(""), droppedBytes, ended }, "");
      if (droppedBytes > 0) tools.say(`${size(droppedBytes)} past the kept limit were left out.`);
      return;
    }
    await pause(tools);
  }
}

const pause = ({ io }: Tools): Promise<void> =>
  wait(LOOK_EVERY_MS, undefined, { signal: io.stopped }).catch(() => {
    throw io.stopped.reason;
  });
const notThere = (field: string, message: string): CliError =>
  new CliError(exitCode.notFound, "There is no such log.", [{ field, message }]);
