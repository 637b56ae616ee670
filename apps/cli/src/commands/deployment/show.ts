import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { deploymentText } from "./text.ts";

export const deploymentShow = defineCommand({
  usage: "show <id>",
  about: "show a deployment: its model, its approval and whether it answers",
  args: z.tuple([idOf("deployment")]),
  options: noOptions,
  async run({ session, answer, paint }, [id]) {
    const { api } = await session();
    const deployment = await api.deployment.get.query({ id });
    answer(deployment, deploymentText(deployment, paint));
  },
});
