import { Alert, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconPlus, IconServer2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { formatSetDuration } from "../../../components/format.ts";
import { PlainTable } from "../../../components/PlainTable.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import type { ClusterNow, TargetNow } from "../target-type.ts";
import { ClusterActions } from "./ClusterActions.tsx";
import { CreateCluster } from "./CreateCluster.tsx";
import { NodeStates } from "./NodeStates.tsx";

export function ClusterTable({ target }: { target: TargetNow }) {
  const mayManage = useMay("compute-target:manage");
  const [creating, setCreating] = useState(false);
  const clusters = useQuery(
    trpc.cluster.list.queryOptions(
      { target: target.name },
      { refetchInterval: 20_000, retry: false },
    ),
  );
  const rows = clusters.data ?? [];
  return (
    <Stack gap="md">
      {mayManage && rows.length > 0 && (
        <Group justify="flex-end">
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setCreating(true)}
          >
            Create a cluster
          </Button>
        </Group>
      )}
      {clusters.isPending && <Loading what="Loading clusters" h={240} />}
      {clusters.isError && !clusters.data && (
        <ErrorState
          title="The clusters could not be read"
          error={clusters.error}
          onRetry={() => void clusters.refetch()}
        />
      )}
      {clusters.data && rows.length === 0 && (
        <EmptyState
          icon={IconServer2}
          title="No cluster"
          sentence="A cluster is a set of machines that start when a job waits and go when nothing is left to do."
          action={
            mayManage ? { label: "Create a cluster", onClick: () => setCreating(true) } : undefined
          }
        />
      )}
      {rows.flatMap((cluster) =>
        cluster.problems.map((problem) => (
          <Alert
            key={`${cluster.name} ${problem}`}
            color="red"
            variant="light"
            title={cluster.name}
          >
            {problem}
          </Alert>
        )),
      )}
      {rows.length > 0 && (
        <Paper>
          <PlainTable
            label="Clusters"
            minWidth={860}
            head={[
              { label: "Cluster" },
              { label: "State" },
              { label: "Machine" },
              { label: "Nodes" },
              { label: "Least to most", align: "right" },
              { label: "Given back after", align: "right" },
              ...(mayManage ? [{ label: "Actions" }] : []),
            ]}
            rows={rows.map((cluster) => ({
              key: cluster.name,
              cells: [
                <ClusterName
                  key="name"
                  cluster={cluster}
                  used={target.settings.azure?.cluster === cluster.name}
                />,
                <StatusBadge key="state" status={cluster.state} />,
                <span key="machine">
                  <span className="mono">{cluster.instanceType}</span>, {cluster.tier}
                </span>,
                <NodeStates key="nodes" nodes={cluster.nodes} />,
                `${cluster.minNodes} – ${cluster.maxNodes}`,
                formatSetDuration(cluster.idleSeconds * 1000),
                mayManage && <ClusterActions key="act" target={target} cluster={cluster} />,
              ],
            }))}
          />
        </Paper>
      )}
      {creating && <CreateCluster target={target} onClose={() => setCreating(false)} />}
    </Stack>
  );
}

const ClusterName = ({ cluster, used }: { cluster: ClusterNow; used: boolean }) => (
  <div>
    <Text size="sm" fw={600} component="span">
      {cluster.name}
    </Text>
    {used && (
      <Text size="xs" c="dimmed">
        jobs of this target run here
      </Text>
    )}
  </div>
);
