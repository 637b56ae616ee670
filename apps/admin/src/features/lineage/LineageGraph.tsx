import "@xyflow/react/dist/style.css";
import { useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Background, type Edge, MarkerType, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { type ReactNode, useMemo, useState } from "react";
import { ErrorState } from "../../components/ErrorState.tsx";
import { Loading } from "../../components/Loading.tsx";
import classes from "./Lineage.module.css";
import { canvasHeight, firstView, roomBelow } from "./first-view.ts";
import { layOut, nodeSize } from "./layout.ts";
import { type FlowNode, LineageNode } from "./LineageNode.tsx";
import type { GraphNow } from "./lineage-type.ts";
import { ZoomButtons } from "./ZoomButtons.tsx";

const nodeTypes = { thing: LineageNode };

/** One line between two things: a job may read two splits of one dataset. Its label stands between them, where no more than a word fits. */
function oncePerPair(edges: GraphNow["edges"]): GraphNow["edges"] {
  const pairs = new Map<string, GraphNow["edges"][number]>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to}`;
    const known = pairs.get(key);
    pairs.set(key, known ? { ...known, label: `${known.label}\n${edge.label}` } : edge);
  }
  return [...pairs.values()].map((edge) => {
    const labels = edge.label.split("\n");
    const label = labels.length > 1 ? `${labels.length} inputs` : edge.label;
    return { ...edge, label: label.length <= 9 ? label : "" };
  });
}

interface LineageGraphProps {
  readonly graph: GraphNow;
  readonly strong: ReadonlySet<string>;
  /** Stands under a graph that leaves the window room for it. */
  readonly below: ReactNode;
}

export function LineageGraph({ graph, strong, below }: LineageGraphProps) {
  const [width, setWidth] = useState(0);
  const scheme = useComputedColorScheme("light");
  const shape = `${graph.focus} ${graph.nodes.map((node) => node.id).join()} ${graph.edges.length}`;
  const places = useQuery({
    queryKey: ["lineage-layout", shape],
    queryFn: () => layOut(graph),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const nodes = useMemo(
    (): FlowNode[] =>
      graph.nodes.map((node) => ({
        id: node.id,
        type: "thing",
        position: places.data?.get(node.id) ?? { x: 0, y: 0 },
        data: { node, focus: node.id === graph.focus, strong: strong.has(node.id) },
        ...nodeSize,
        // The link inside is what is focused and pressed, not the box around it.
        focusable: false,
      })),
    [graph, places.data, strong],
  );
  const edges = useMemo(
    (): Edge[] =>
      oncePerPair(graph.edges).map((edge, index) => {
        const on = strong.has(edge.from) && strong.has(edge.to);
        return {
          id: String(index),
          source: edge.from,
          target: edge.to,
          label: edge.label,
          focusable: false,
          style: { stroke: on ? "var(--link)" : "var(--line)", strokeWidth: on ? 2 : 1.25 },
          labelStyle: { fill: "var(--mantine-color-dimmed)", fontSize: 11 },
          labelBgStyle: { fill: "var(--surface-sunken)" },
          markerEnd: { type: MarkerType.ArrowClosed, color: on ? "var(--link)" : "var(--line)" },
        };
      }),
    [graph, strong],
  );
  if (places.isError)
    return <ErrorState title="The graph could not be drawn" error={places.error} />;
  if (!places.data) return <Loading what="Drawing the graph" h={420} />;
  const placed = [...places.data.values()];
  const size = {
    width: Math.max(...placed.map((place) => place.x)) + nodeSize.width,
    height: Math.max(...placed.map((place) => place.y)) + nodeSize.height,
  };
  const focus = places.data.get(graph.focus) ?? { x: 0, y: 0 };
  const height = canvasHeight(width || 1000, window.innerHeight, size);
  return (
    <ReactFlowProvider>
      <div
        className={classes.canvas}
        style={{ height }}
        ref={(canvas) => setWidth(canvas?.clientWidth ?? 0)}
      >
        {width > 0 && (
          <ReactFlow
            key={shape}
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            colorMode={scheme}
            nodesDraggable={false}
            nodesConnectable={false}
            elementsSelectable={false}
            preventScrolling={false}
            zoomOnScroll={false}
            minZoom={0.15}
            maxZoom={1.5}
            defaultViewport={firstView({ width, height }, size, {
              x: focus.x + nodeSize.width / 2,
              y: focus.y + nodeSize.height / 2,
            })}
            proOptions={{ hideAttribution: true }}
            aria-label="Lineage, left to right"
          >
            <Background gap={24} color="var(--line)" />
          </ReactFlow>
        )}
      </div>
      <ZoomButtons />
      {roomBelow(window.innerHeight, height) && below}
    </ReactFlowProvider>
  );
}
