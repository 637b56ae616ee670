import type { ELK } from "elkjs/lib/elk-api.js";
import type { GraphNow } from "./lineage-type.ts";

export const nodeSize = { width: 190, height: 94 };
export type Places = ReadonlyMap<string, { x: number; y: number }>;

let elk: Promise<ELK> | undefined;

/** Left to right in layers; elk is large, so it is read only when there is something to lay out. */
export async function layOut(graph: GraphNow): Promise<Places> {
  elk ??= import("elkjs/lib/elk.bundled.js").then(({ default: Elk }) => new Elk());
  const laid = await (
    await elk
  ).layout({
    id: "lineage",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.layered.spacing.nodeNodeBetweenLayers": "60",
      "elk.spacing.nodeNode": "22",
      "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
    },
    children: graph.nodes.map((node) => ({ id: node.id, ...nodeSize })),
    edges: graph.edges.map((edge, index) => ({
      id: String(index),
      sources: [edge.from],
      targets: [edge.to],
    })),
  });
  return new Map((laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
}
