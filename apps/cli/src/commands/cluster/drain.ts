import { Name } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { assertConfirmed, nodesText, Yes, yesFlag } from "./text.ts";

export const clusterDrain = defineCommand({
  usage: "drain <target> <cluster>",
  about: "keep and start no more nodes (operators); what runs goes on to its end",
  args: z.tuple([Name, z.string()]),
  flags: [yesFlag],
  options: Yes,
  async run({ session, answer }, [target, cluster], { yes }) {
    assertConfirmed(
      yes,
      `${cluster} would start no more nodes, and jobs sent there would wait until it is given a size again.`,
    );
    const { api } = await session();
    const drained = await api.cluster.drain.mutate({ target, cluster });
    answer(
      drained,
      `${drained.name} is being drained; nodes now: ${nodesText(drained)}. What waits in the provider's own queue may take nodes that come free: cancel it, or drain again.`,
    );
  },
});
