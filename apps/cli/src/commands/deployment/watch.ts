import { setTimeout as wait } from "node:timers/promises";
import { idOf, type DeploymentStatus } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { paintStatus } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { deploymentText } from "./text.ts";

const LOOK_EVERY_MS = 1000;
const ended: readonly DeploymentStatus[] = ["stopped", "failed"];

export const deploymentWatch = defineCommand({
  usage: "watch <id>",
  about: "wait until a deployment answers requests; exit code 1 if it never will",
  args: z.tuple([idOf("deployment")]),
  options: noOptions,
  async run({ session, answer, say, paint, io }, [id]) {
    const { api } = await session();
    let told = "";
    for (;;) {
      const deployment = await api.deployment.get.query({ id });
      const { status, message } = deployment;
      const news = `${paintStatus(paint, status)}${message === null ? "" : `  ${printable(message)}`}`;
      if (news !== told) say(news);
      told = news;
      const answers = status === "healthy" && deployment.routed;
      if (answers || ended.includes(status)) {
        answer(deployment, deploymentText(deployment, paint));
        return answers ? exitCode.ok : exitCode.failed;
      }
      await wait(LOOK_EVERY_MS, undefined, { signal: io.stopped }).catch(() => {
        throw io.stopped.reason;
      });
    }
  },
});
