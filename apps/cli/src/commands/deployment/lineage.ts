import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { lineageTree } from "../../render/lineage.ts";

export const deploymentLineage = defineCommand({
  usage: "lineage <id>",
  about: "show where what is served came from, back to each dataset version",
  args: z.tuple([idOf("deployment")]),
  options: noOptions,
  async run({ session, answer, paint }, [id]) {
    const { api } = await session();
    const graph = await api.lineage.read.query({ kind: "deployment", id, direction: "back" });
    answer(graph, lineageTree(graph, "back", paint));
  },
});
