import { IconStack2 } from "@tabler/icons-react";
import { Bytes } from "../../components/Bytes.tsx";
import type { Column } from "../../components/data-table/column.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { NounLink } from "../../components/NounLink.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { toDate } from "../../components/format.ts";
import { pathOf } from "../../frame/paths.ts";
import type { Outlook } from "./retention-type.ts";

type Row = Outlook["checkpoints"][number];

const columns: readonly Column<Row>[] = [
  {
    key: "name",
    header: "Checkpoint",
    cell: (row) => (
      <span className="mono">
        <NounLink href={`${pathOf.job(row.jobId)}?tab=checkpoints`}>{row.name}</NounLink>
      </span>
    ),
    value: (row) => row.name,
  },
  {
    key: "job",
    header: "Job",
    whole: true,
    cell: (row) => row.jobName,
    value: (row) => row.jobName,
  },
  {
    key: "reason",
    header: "The job asks to",
    whole: true,
    cell: (row) => row.reason,
    value: (row) => row.reason,
  },
  {
    key: "step",
    header: "Step",
    align: "right",
    cell: (row) => row.step ?? "–",
    value: (row) => row.step,
  },
  {
    key: "size",
    header: "Size",
    align: "right",
    whole: true,
    cell: (row) => <Bytes value={row.sizeBytes} />,
    value: (row) => row.sizeBytes,
  },
  {
    key: "at",
    header: "Written",
    whole: true,
    cell: (row) => <RelativeTime at={row.createdAt} />,
    value: (row) => toDate(row.createdAt).toISOString(),
  },
];

export const DueCheckpoints = ({ rows }: { rows: readonly Row[] }) => (
  <DataTable
    noun="checkpoints to be removed"
    rows={rows}
    columns={columns}
    rowKey={(row) => row.id}
    empty={{
      icon: IconStack2,
      title: "No checkpoint is to be removed",
      sentence: "Every job’s checkpoints are as it asks.",
    }}
  />
);
