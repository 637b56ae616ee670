import { randomUUID } from "node:crypto";
import type { JobSpec } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, type Tools } from "../../command.ts";
import type { Session } from "../../connection/session.ts";
import type { Job } from "../../connection/wire.ts";
import { exitCode } from "../../exit-code.ts";
import { failureOf } from "../../failure.ts";
import { exitCodeOf, followJob } from "../../watch/follow.ts";
import { locating, readSpec, setFlag } from "./spec-file.ts";

const TRIES = 3;

export const jobSubmit = defineCommand({
  usage: "submit <file.yaml>",
  about: "submit a job; the same idempotency key again is the same job",
  args: z.tuple([z.string()]),
  flags: [
    { flags: "--watch", about: "stay until it has ended; exit code 0 only if it succeeded" },
    { flags: "--idempotency-key <key>", about: "8 to 200 characters (default: a new one)" },
    setFlag,
  ],
  options: z.object({
    watch: z.boolean().default(false),
    idempotencyKey: z.string().min(8).max(200).optional(),
    set: z.array(z.string()).optional(),
  }),
  async run(tools, [path], options) {
    const file = await readSpec(tools.io.cwd, path, options.set);
    const session = await tools.session();
    const idempotencyKey = options.idempotencyKey ?? randomUUID();
    const job = await locating(file, submit(tools, session, file.value, idempotencyKey));
    if (!options.watch) {
      tools.answer(job, `${job.id}  ${job.status}\nWatch it with: preceptor job watch ${job.id}`);
      return exitCode.ok;
    }
    tools.say(`Submitted ${job.id}.`);
    const ended = await followJob(tools, session, job.id);
    if (tools.json) tools.answer(ended, "");
    return exitCodeOf(ended.status);
  },
});

/** Without an answer nobody knows whether it was accepted: the same key is sent again, which cannot make a second job. */
async function submit(
  { io, say }: Tools,
  { api }: Session,
  spec: JobSpec,
  idempotencyKey: string,
): Promise<Job> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await api.job.submit.mutate({ spec, idempotencyKey });
    } catch (error) {
      if (failureOf(error).code !== exitCode.unreachable || io.stopped.aborted) throw error;
      if (tried < TRIES) continue;
      say(
        `The job may or may not have been accepted. Ask again with: --idempotency-key ${idempotencyKey}`,
      );
      throw error;
    }
  }
}
