import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { exitCodeOf, followJob } from "../../watch/follow.ts";

export const jobWatch = defineCommand({
  usage: "watch <id>",
  about: "watch a job until it has ended; exit code 0 only if it succeeded",
  args: z.tuple([idOf("job")]),
  options: noOptions,
  async run(tools, [id]) {
    const job = await followJob(tools, await tools.session(), id);
    if (tools.json) tools.answer(job, "");
    return exitCodeOf(job.status);
  },
});
