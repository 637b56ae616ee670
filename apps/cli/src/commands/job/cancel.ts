import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";

export const jobCancel = defineCommand({
  usage: "cancel <id>",
  about: "ask a job to stop",
  args: z.tuple([idOf("job")]),
  options: noOptions,
  async run({ session, answer, paint }, [id]) {
    const { api } = await session();
    const job = await api.job.cancel.mutate({ id });
    answer(job, `${job.id}  ${paintStatus(paint, job.status)}`);
  },
});
