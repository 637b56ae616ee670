import { idOf, RegisterModel } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";

export const modelRegister = defineCommand({
  usage: "register <checkpoint> <name>",
  about: "make a committed checkpoint the next version of a model",
  args: z.tuple([idOf("checkpoint"), RegisterModel.shape.name]),
  flags: [{ flags: "--description <text>", about: "what it is" }],
  options: z.object({ description: z.string().max(4000).optional() }),
  async run({ session, answer }, [checkpointId, name], { description }) {
    const { api } = await session();
    const model = await api.model.register.mutate({ checkpointId, name, description });
    answer(model, `${model.name}@${model.version}  ${model.digest}`);
  },
});
