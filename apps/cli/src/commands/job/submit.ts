import { randomUUID } from "node:crypto";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { sendOnce } from "../../connection/send-once.ts";
import { exitCode } from "../../exit-code.ts";
import { sendCode } from "../../own-code/send.ts";
import { exitCodeOf, followJob } from "../../watch/follow.ts";
import { IdempotencyKey, idempotencyFlag } from "../idempotency.ts";
import { locating, readSpec, specFlags, SpecOptions } from "./spec-file.ts";

export const jobSubmit = defineCommand({
  usage: "submit <file.yaml>",
  about: "submit a job; the same idempotency key again is the same job",
  args: z.tuple([z.string()]),
  flags: [
    { flags: "--watch", about: "stay until it has ended; exit code 0 only if it succeeded" },
    idempotencyFlag,
    ...specFlags,
  ],
  options: SpecOptions.extend({
    watch: z.boolean().default(false),
    idempotencyKey: IdempotencyKey,
  }),
  async run(tools, [path], options) {
    const file = await readSpec(tools, path, options);
    const session = await tools.session();
    const again = options.idempotencyKey !== undefined;
    if (file.local.size > 0)
      await locating(file, sendCode(tools, session, file.value, file.local, again));
    const submitted = sendOnce(
      tools,
      "job",
      options.idempotencyKey ?? randomUUID(),
      (idempotencyKey) => session.api.job.submit.mutate({ spec: file.value, idempotencyKey }),
    );
    const job = await locating(file, submitted);
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
