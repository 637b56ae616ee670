import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { lineageTree } from "../../render/lineage.ts";
import { Versioned } from "../../reference.ts";

export const datasetLineage = defineCommand({
  usage: "lineage <name@version>",
  about: "show everything that was made from a dataset version",
  args: z.tuple([Versioned]),
  flags: [{ flags: "--back", about: "where it came from, instead" }],
  options: z.object({ back: z.boolean().default(false) }),
  async run({ session, answer, paint }, [reference], { back }) {
    const { api } = await session();
    const { version } = await api.dataset.get.query(reference);
    const direction = back ? "back" : "forward";
    const graph = await api.lineage.read.query({
      kind: "dataset-version",
      id: version.id,
      direction,
    });
    answer(graph, lineageTree(graph, direction, paint));
  },
});
