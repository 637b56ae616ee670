import { Button, Group, Text } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import type { Outputs } from "../../../api/types.ts";
import { Bytes } from "../../../components/Bytes.tsx";
import type { Column } from "../../../components/data-table/column.ts";
import { DataTable } from "../../../components/data-table/DataTable.tsx";
import { Digest } from "../../../components/Digest.tsx";
import { formatCompact, formatFigure } from "../../../components/format.ts";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { CheckpointFiles } from "./CheckpointFiles.tsx";
import type { JobNow } from "./job-type.ts";
import { RegisterModel } from "./RegisterModel.tsx";

type CheckpointRow = Outputs["checkpoint"]["list"][number];

const columns: readonly Column<CheckpointRow>[] = [
  {
    key: "name",
    header: "Name",
    cell: (row) => (
      <span className="mono" style={{ whiteSpace: "nowrap" }}>
        {row.name}
      </span>
    ),
    value: (row) => row.name,
  },
  {
    key: "step",
    header: "Step",
    align: "right",
    cell: (row) => row.step ?? "–",
    value: (row) => row.step,
  },
  {
    key: "state",
    header: "State",
    cell: (row) => (
      <>
        <StatusBadge status={row.state} />
        {row.refusal && (
          <Text size="xs" c="var(--state-failed)" maw={320}>
            {row.refusal}
          </Text>
        )}
        {row.state === "removed" && (
          <Text size="xs" c="dimmed" maw={320}>
            removed by retention ({row.removal ?? "no reason was kept"}){" "}
            <RelativeTime at={row.removedAt} />
          </Text>
        )}
      </>
    ),
    value: (row) => row.refusal ?? row.removal ?? row.state,
  },
  {
    key: "metrics",
    header: "Figures at that step",
    cell: (row) => {
      const figures = Object.entries(row.metrics).filter(([key]) =>
        /loss|accuracy|score/.test(key),
      );
      return figures.length === 0
        ? "–"
        : figures.map(([key, value]) => `${key} ${formatFigure(value ?? Number.NaN)}`).join(", ");
    },
    value: (row) => JSON.stringify(row.metrics),
  },
  {
    key: "tensors",
    header: "Tensors",
    cell: (row) =>
      row.tensors
        ? `${formatCompact(row.tensors.parameters)} parameters in ${row.tensors.tensors} (${Object.keys(row.tensors.dtypes).join(", ")})`
        : "–",
    value: (row) => row.tensors?.parameters,
  },
  {
    key: "size",
    header: "Size",
    align: "right",
    cell: (row) => <Bytes value={row.sizeBytes} />,
    value: (row) => row.sizeBytes,
  },
  {
    key: "digest",
    header: "Digest",
    cell: (row) => <Digest value={row.digest} />,
    value: (row) => row.digest,
  },
  {
    key: "at",
    header: "Written",
    cell: (row) => <RelativeTime at={row.createdAt} />,
    value: (row) => String(row.createdAt),
  },
];

type Choose = (row: CheckpointRow) => void;

const actionsColumn = (onFiles: Choose, onRegister: Choose | null): Column<CheckpointRow> => ({
  key: "actions",
  header: "Actions",
  whole: true,
  cell: (row) =>
    row.state === "committed" && (
      <Group gap="xs" wrap="nowrap">
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => onFiles(row)}
          aria-label={`Files of ${row.name}`}
        >
          Files ({row.files.length})
        </Button>
        {onRegister && (
          <Button size="compact-xs" variant="default" onClick={() => onRegister(row)}>
            Register as model
          </Button>
        )}
      </Group>
    ),
});

export function JobCheckpoints({ job, live }: { job: JobNow; live: boolean }) {
  const mayRegister = useMay("model:register");
  const [chosen, setChosen] = useState<CheckpointRow | null>(null);
  const [shown, setShown] = useState<CheckpointRow | null>(null);
  const list = useQuery(
    trpc.checkpoint.list.queryOptions({ jobId: job.id }, live ? { refetchInterval: 5000 } : {}),
  );
  return (
    <>
      <DataTable
        noun="checkpoints"
        rows={list.data}
        error={list.data ? null : list.error}
        onRetry={() => void list.refetch()}
        columns={[...columns, actionsColumn(setShown, mayRegister ? setChosen : null)]}
        rowKey={(row) => row.id}
        empty={{
          icon: IconStack2,
          title: live ? "No checkpoint yet" : "This job wrote no checkpoint",
          sentence:
            "A folder the script finishes in its checkpoint folder appears here with its digest and the figures of its step.",
        }}
      />
      {shown && <CheckpointFiles checkpoint={shown} onClose={() => setShown(null)} />}
      {chosen && (
        <RegisterModel
          checkpoint={chosen}
          suggestion={job.spec.output?.model ?? job.name}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}
