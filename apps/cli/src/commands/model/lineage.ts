import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { lineageTree } from "../../render/lineage.ts";
import { Versioned } from "../../reference.ts";

export const modelLineage = defineCommand({
  usage: "lineage <name@version>",
  about: "show where a model came from, back to each dataset version",
  args: z.tuple([Versioned]),
  flags: [{ flags: "--forward", about: "everything made from it, instead" }],
  options: z.object({ forward: z.boolean().default(false) }),
  async run({ session, answer, paint }, [reference], { forward }) {
    const { api } = await session();
    const { version } = await api.model.get.query(reference);
    const direction = forward ? "forward" : "back";
    const graph = await api.lineage.read.query({
      kind: "model-version",
      id: version.id,
      direction,
    });
    answer(graph, lineageTree(graph, direction, paint));
  },
});
