import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { LineageKind } from "@preceptor/domain";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { trpc } from "../../api/client.ts";
import { ErrorState } from "../../components/ErrorState.tsx";
import { Loading } from "../../components/Loading.tsx";
import { LineageTable } from "./LineageTable.tsx";
import type { Direction } from "./lineage-type.ts";
import { fold } from "./fold.ts";
import { onPath } from "./on-path.ts";

const LineageGraph = lazy(async () => ({
  default: (await import("./LineageGraph.tsx")).LineageGraph,
}));

interface LineageViewProps {
  readonly kind: LineageKind;
  readonly id: string;
  /** Given by a page that keeps it in its address. */
  readonly direction?: Direction;
  readonly onDirection?: (direction: Direction) => void;
}

/** Where something came from and what came of it: a graph on a wide screen, a table on a narrow one or when asked for. */
export default function LineageView({ kind, id, direction, onDirection }: LineageViewProps) {
  const [own, setOwn] = useState<Direction>("both");
  const [shown, setShown] = useState<"graph" | "table">("graph");
  const narrow = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const way = direction ?? own;
  const query = useQuery(
    trpc.lineage.read.queryOptions(
      { kind, id, direction: way },
      { placeholderData: keepPreviousData, refetchInterval: 20_000 },
    ),
  );
  const graph = query.data;
  const strong = useMemo(
    () => (graph ? onPath(graph.focus, graph.edges) : new Set<string>()),
    [graph],
  );
  const folded = useMemo(() => graph && fold(graph), [graph]);
  const table = graph && <LineageTable graph={graph} strong={strong} />;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Direction"
          value={way}
          onChange={onDirection ?? setOwn}
          data={[
            { value: "back", label: "Came from" },
            { value: "both", label: "Both" },
            { value: "forward", label: "Came of it" },
          ]}
        />
        {!narrow && (
          <SegmentedControl
            size="xs"
            aria-label="Shown as"
            value={shown}
            onChange={setShown}
            data={[
              { value: "graph", label: "Graph" },
              { value: "table", label: "Table" },
            ]}
          />
        )}
      </Group>
      {query.isError && !graph && (
        <ErrorState
          title="The lineage could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && <Loading what="Loading the lineage" h={420} />}
      {graph &&
        folded &&
        (narrow || shown === "table" ? (
          table
        ) : (
          <Suspense fallback={<Loading what="Loading the graph" h={420} />}>
            <LineageGraph graph={folded} strong={strong} below={table} />
          </Suspense>
        ))}
      {graph && graph.edges.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing is on record in this direction yet.
        </Text>
      )}
    </Stack>
  );
}
