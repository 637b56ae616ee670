import { MirrorPercent, Name, SharePercent } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { table } from "../../render/table.ts";

const whole = (rule: z.ZodType<number, number>) => z.coerce.number().pipe(rule).optional();

export const deploymentShare = defineCommand({
  usage: "share <purpose>",
  about:
    "give a deployment a share of its purpose's requests (100: all of them), or copies of them",
  args: z.tuple([Name]),
  flags: [
    { flags: "--deployment <id>", about: "which one; see deployment list" },
    { flags: "--percent <n>", about: "of the requests, 0 to 100; 0 takes the share back" },
    { flags: "--mirror <n>", about: "of the requests as copies, 0 to 50; its answers are dropped" },
    { flags: "--reason <text>", about: "why; it is kept with the change" },
  ],
  options: z.object({
    deployment: z.string().min(1).max(60),
    percent: whole(SharePercent),
    mirror: whole(MirrorPercent),
    reason: z.string().trim().min(10, "say in at least ten characters why").max(4000),
  }),
  async run({ session, answer, paint }, [purpose], { deployment, percent, mirror, reason }) {
    if (percent === undefined && mirror === undefined)
      throw new CliError(exitCode.invalid, "Say --percent, --mirror or both.");
    const { api } = await session();
    // What is changed is what was looked at just now: whoever was quicker is not overwritten.
    const { deployments } = await api.deployment.traffic.query({ purpose });
    const one = deployments.find(({ deploymentId }) => deploymentId === deployment);
    if (!one)
      throw new CliError(
        exitCode.notFound,
        `${deployment} is no running deployment of ${purpose}.`,
      );
    const wanted = percent ?? one.wantedPercent;
    const shared = await api.deployment.share.mutate({
      deploymentId: deployment,
      percent: wanted,
      mirrorPercent: mirror ?? (wanted > 0 ? 0 : one.wantedMirrorPercent),
      reason,
      expected: {
        routedDeploymentId: deployments.find(({ routed }) => routed)?.deploymentId ?? null,
        percent: one.wantedPercent,
        mirrorPercent: one.wantedMirrorPercent,
      },
    });
    const now = await api.deployment.traffic.query({ purpose });
    const rows = now.deployments.map((each) => [
      each.deploymentId,
      each.model,
      each.status,
      `${each.percent} %`,
      each.mirrorPercent > 0 ? `${each.mirrorPercent} %` : "–",
    ]);
    answer(
      { deployment: shared, traffic: now },
      table(paint, ["id", "model", "status", "requests", "copies"], rows),
    );
  },
});
