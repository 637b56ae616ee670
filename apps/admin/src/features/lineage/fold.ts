import type { GraphNow } from "./lineage-type.ts";

/**
 * The graph without steps that only hand something on: a checkpoint that became one model, the job that made one evaluation. A screen
 * then holds the way from data to deployment; the table beside it names every step.
 */
export function fold(graph: GraphNow): GraphNow {
  const gone = new Set<string>();
  let edges = graph.edges;
  for (const node of graph.nodes) {
    const into = edges.filter((edge) => edge.to === node.id);
    const [next, ...others] = edges.filter((edge) => edge.from === node.id);
    if (node.id === graph.focus || next === undefined || others.length > 0) continue;
    const handsOn =
      (node.kind === "checkpoint" && into.length === 1) ||
      (node.kind === "job" && next.label === "measured");
    if (!handsOn) continue;
    gone.add(node.id);
    const kept = edges.filter((edge) => edge.from !== node.id && edge.to !== node.id);
    edges = [...kept, ...into.map((edge) => ({ ...edge, to: next.to }))];
  }
  return { focus: graph.focus, nodes: graph.nodes.filter((node) => !gone.has(node.id)), edges };
}
