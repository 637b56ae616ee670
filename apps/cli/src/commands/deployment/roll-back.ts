import { Name } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";

export const deploymentRollBack = defineCommand({
  usage: "roll-back <purpose>",
  about: "end a purpose's canary, or bring back the model that served it before",
  args: z.tuple([Name]),
  flags: [{ flags: "--reason <text>", about: "why; it is kept in the audit log" }],
  options: z.object({
    reason: z.string().trim().min(10, "say in at least ten characters why").max(4000),
  }),
  async run({ session, answer, paint }, [purpose], { reason }) {
    const { api } = await session();
    const deployment = await api.deployment.rollBack.mutate({ purpose, reason });
    const { model } = deployment;
    answer(
      deployment,
      `${deployment.id}  ${purpose} goes back to ${model.name}@${model.version}: ${paintStatus(paint, deployment.status)}`,
    );
  },
});
