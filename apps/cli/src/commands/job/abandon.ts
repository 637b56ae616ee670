import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { paintStatus } from "../../render/paint.ts";

export const jobAbandon = defineCommand({
  usage: "abandon <id>",
  about: "end a job whose target cannot be read, without hearing from it (operators)",
  args: z.tuple([idOf("job")]),
  flags: [
    { flags: "--reason <text>", about: "why; it is kept in the audit log" },
    { flags: "--yes", about: "do it; without this it is only told" },
  ],
  options: z.object({
    reason: z.string().trim().min(10, "say in at least ten characters why").max(4000),
    yes: z.boolean().default(false),
  }),
  async run({ session, answer, paint }, [id], { reason, yes }) {
    const { api } = await session();
    if (!yes) {
      const job = await api.job.get.query({ id });
      const attempt = job.attemptList.at(-1);
      throw new CliError(
        exitCode.invalid,
        `${job.name} would end without being stopped: what it started at ${job.target} may still run and cost until somebody ends it there (look for ${attempt?.id ?? id}) or it answers again: then it is asked to stop. What it has not handed over is lost, and it is not tried again. Nothing was done; repeat it with --yes.`,
      );
    }
    const job = await api.job.abandon.mutate({ id, reason });
    answer(job, `${job.id}  ${paintStatus(paint, job.status)}`);
  },
});
