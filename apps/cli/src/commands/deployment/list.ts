import { Name } from "@preceptor/domain";
import { cursorFlag, defineCommand, limitFlag, noArguments, Paging } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const deploymentList = defineCommand({
  usage: "list",
  about: "list deployments, newest first",
  args: noArguments,
  flags: [{ flags: "--purpose <name>", about: "only of this purpose" }, limitFlag, cursorFlag],
  options: Paging.extend({ purpose: Name.optional() }),
  async run({ session, answer, paint }, _args, options) {
    const { api } = await session();
    const page = await api.deployment.list.query(options);
    const rows = page.items.map((deployment) => [
      deployment.id,
      deployment.purpose,
      deployment.stage,
      `${deployment.model.name}@${deployment.model.version}`,
      paintStatus(paint, deployment.status),
      deployment.routed ? "answers" : "–",
      time(deployment.createdAt),
      printable(deployment.message ?? "").replaceAll("\n", " "),
    ]);
    const headings = ["id", "purpose", "stage", "model", "status", "requests", "since", "message"];
    answer(
      page,
      rows.length === 0
        ? "No deployment. The board's approval of a promotion makes one."
        : table(paint, headings, rows),
    );
  },
});
