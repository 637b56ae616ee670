import type { LineageGraph, LineageNode } from "@preceptor/domain";

/** Folds checkpoints that led nowhere into a count on their job: a hundred of them say less than one line. */
export function collapse(graph: LineageGraph): LineageGraph {
  const leadsOn = new Set(graph.edges.map((edge) => edge.from));
  const folded = new Set(
    graph.nodes
      .filter(
        (node) => node.kind === "checkpoint" && node.id !== graph.focus && !leadsOn.has(node.id),
      )
      .map((node) => node.id),
  );
  const countOf = new Map<string, number>();
  for (const edge of graph.edges)
    if (folded.has(edge.to)) countOf.set(edge.from, (countOf.get(edge.from) ?? 0) + 1);
  const withCount = (node: LineageNode): LineageNode => {
    const count = countOf.get(node.id);
    return count === undefined
      ? node
      : { ...node, detail: `${node.detail}, ${count} more checkpoint${count === 1 ? "" : "s"}` };
  };
  return {
    focus: graph.focus,
    nodes: graph.nodes.filter((node) => !folded.has(node.id)).map(withCount),
    edges: graph.edges.filter((edge) => !folded.has(edge.to)),
  };
}
