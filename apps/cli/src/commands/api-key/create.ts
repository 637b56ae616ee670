import { CreateApiKey } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { printable } from "../../render/printable.ts";

export const apiKeyCreate = defineCommand({
  usage: "create <name>",
  about: "make a key with which programs call served models; it is shown once (operators)",
  args: z.tuple([CreateApiKey.shape.name]),
  flags: [{ flags: "--expires-in-days <n>", about: "1 to 730 (default: it does not expire)" }],
  options: z.object({
    expiresInDays: z.coerce
      .number("give a whole number from 1 to 730")
      .int("give a whole number from 1 to 730")
      .min(1, "give a whole number from 1 to 730")
      .max(730, "give a whole number from 1 to 730")
      .optional(),
  }),
  async run({ session, answer, say }, [name], { expiresInDays }) {
    const { api } = await session();
    const made = await api.access.createApiKey.mutate({ name, expiresInDays });
    say(`The key ${printable(name)} is made (${made.id}). It is shown now and never again:`);
    answer({ ...made, name }, made.key);
  },
});
