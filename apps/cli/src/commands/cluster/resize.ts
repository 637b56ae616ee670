import { Name, ResizeCluster } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { hourlyText, Size, sizeFlags, sizeOf } from "./text.ts";

export const clusterResize = defineCommand({
  usage: "resize <target> <cluster>",
  about: "change between how many nodes a cluster grows and shrinks (operators)",
  args: z.tuple([Name, z.string()]),
  flags: sizeFlags,
  options: Size,
  async run({ session, answer }, [target, cluster], size) {
    const wanted = ResizeCluster.parse({ target, cluster, ...sizeOf(size) });
    const open = await session();
    const made = await open.api.cluster.resize.mutate(wanted);
    const cost = await hourlyText(open, target, made);
    answer(made, `${made.name} is ${made.state}: ${made.minNodes}–${made.maxNodes} nodes${cost}.`);
  },
});
