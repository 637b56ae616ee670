import type { LineageGraph, LineageNode } from "@preceptor/domain";
import { paintStatus, type Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { drawTree, type Branch } from "./tree.ts";

/** The graph seen from its focus. A node met again is named and not opened twice: lineage is a graph, not a tree. */
export function lineageTree(
  graph: LineageGraph,
  direction: "back" | "forward",
  paint: Paint,
): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const opened = new Set<string>();
  const grow = (id: string, label: string | null): Branch => {
    const node = nodes.get(id);
    const text = `${label === null ? "" : `${paint("faint", label)} `}${node ? describe(node, paint) : id}`;
    const next = graph.edges.filter((edge) => (direction === "back" ? edge.to : edge.from) === id);
    if (opened.has(id))
      return {
        text: next.length > 0 ? `${text} ${paint("faint", "(opened above)")}` : text,
        children: [],
      };
    opened.add(id);
    return {
      text,
      children: next.map((edge) => grow(direction === "back" ? edge.from : edge.to, edge.label)),
    };
  };
  return drawTree(grow(graph.focus, null));
}

const describe = (node: LineageNode, paint: Paint): string =>
  [
    paint("faint", node.kind),
    paint("strong", printable(node.label)),
    printable(node.detail),
    node.status === null ? "" : paintStatus(paint, node.status),
    node.digest === null ? "" : paint("faint", node.digest.slice(0, 19)),
  ]
    .filter((part) => part !== "")
    .join("  ");
