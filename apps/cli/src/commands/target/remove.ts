import { Name } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";

export const targetRemove = defineCommand({
  usage: "remove <target>",
  about: "forget a target nothing ever ran on (operators)",
  args: z.tuple([Name]),
  options: noOptions,
  async run({ session, answer }, [target]) {
    const { api } = await session();
    await api.computeTarget.remove.mutate({ target });
    answer({ target, removed: true }, `${target} is removed.`);
  },
});
