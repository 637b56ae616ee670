import { Name } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { assertConfirmed, Yes, yesFlag } from "./text.ts";

export const clusterDelete = defineCommand({
  usage: "delete <target> <cluster>",
  about: "delete a cluster nothing runs on (operators)",
  args: z.tuple([Name, z.string()]),
  flags: [yesFlag],
  options: Yes,
  async run({ session, answer }, [target, cluster], { yes }) {
    assertConfirmed(yes, `${cluster} and its machines would be deleted at the provider.`);
    const { api } = await session();
    await api.cluster.remove.mutate({ target, cluster });
    answer({ target, cluster, removed: true }, `${cluster} is being deleted.`);
  },
});
