import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";

export const apiKeyRevoke = defineCommand({
  usage: "revoke <id>",
  about: "stop a key for good (operators)",
  args: z.tuple([z.string().max(60)]),
  options: noOptions,
  async run({ session, answer }, [id]) {
    const { api } = await session();
    await api.access.revokeApiKey.mutate({ id });
    answer({ id, revoked: true }, `${id} is revoked. Calls with it are refused.`);
  },
});
