import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";

export const deploymentStop = defineCommand({
  usage: "stop <id>",
  about: "take a deployment out of the routes and stop it; its approval stands (operators)",
  args: z.tuple([idOf("deployment")]),
  flags: [{ flags: "--reason <text>", about: "why; it is kept in the audit log" }],
  options: z.object({
    reason: z.string().trim().min(10, "say in at least ten characters why").max(4000),
  }),
  async run({ session, answer, paint }, [id], { reason }) {
    const { api } = await session();
    const deployment = await api.deployment.stop.mutate({ id, reason });
    answer(deployment, `${deployment.id}  ${paintStatus(paint, deployment.status)}`);
  },
});
