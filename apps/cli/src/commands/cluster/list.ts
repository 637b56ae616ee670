import { Name } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { nodesText } from "./text.ts";

export const clusterList = defineCommand({
  usage: "list <target>",
  about: "list a target's clusters with their nodes",
  args: z.tuple([Name]),
  options: noOptions,
  async run({ session, answer, paint }, [target]) {
    const { api } = await session();
    const clusters = await api.cluster.list.query({ target });
    const rows = clusters.map((cluster) => [
      printable(cluster.name),
      paintStatus(paint, cluster.state),
      printable(cluster.instanceType),
      cluster.tier,
      nodesText(cluster),
      `${cluster.minNodes}–${cluster.maxNodes}`,
      `${cluster.idleSeconds} s`,
      printable(cluster.problems.join(" ")).replaceAll("\n", " "),
    ]);
    const headings = ["name", "state", "machine", "tier", "nodes", "size", "#idle", "problems"];
    answer(
      clusters,
      rows.length === 0
        ? `No cluster. Create one with: preceptor cluster create ${target} NAME --machine TYPE --max N`
        : table(paint, headings, rows),
    );
  },
});
