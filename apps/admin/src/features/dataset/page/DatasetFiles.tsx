import { Text } from "@mantine/core";
import { IconFiles } from "@tabler/icons-react";
import { Bytes } from "../../../components/Bytes.tsx";
import type { Column } from "../../../components/data-table/column.ts";
import { DataTable } from "../../../components/data-table/DataTable.tsx";
import { Digest } from "../../../components/Digest.tsx";
import { formatCount } from "../../../components/format.ts";
import { useDownloadColumn } from "../../download/download-column.tsx";
import type { DatasetVersionNow } from "./DatasetOverview.tsx";

type Row = DatasetVersionNow["files"][number];

const columns: readonly Column<Row>[] = [
  {
    key: "path",
    header: "Path",
    width: 280,
    cell: (file) => <span className="mono">{file.path}</span>,
    value: (file) => file.path,
  },
  { key: "split", header: "Split", width: 120, cell: (file) => file.split, value: (f) => f.split },
  {
    key: "rows",
    header: "Rows",
    align: "right",
    width: 110,
    cell: (file) => (file.rows === null ? "–" : formatCount(file.rows)),
    value: (file) => file.rows,
  },
  {
    key: "size",
    header: "Size",
    align: "right",
    width: 110,
    cell: (file) => <Bytes value={file.sizeBytes} />,
    value: (file) => file.sizeBytes,
  },
  {
    key: "sha256",
    header: "Digest",
    width: 210,
    cell: (file) => <Digest value={`sha256:${file.sha256}`} />,
    value: (file) => file.sha256,
  },
  {
    key: "mediaType",
    header: "Media type",
    width: 180,
    optional: true,
    cell: (file) => file.mediaType,
    value: (file) => file.mediaType,
  },
];

export function DatasetFiles({ dataset }: { dataset: DatasetVersionNow }) {
  const download = useDownloadColumn("dataset-version", dataset.id);
  return (
    <DataTable
      noun="files"
      rows={dataset.files}
      columns={[...columns, ...download]}
      rowKey={(file) => file.path}
      toolbar={
        <Text size="sm" c="dimmed" component="div">
          Root digest over these files: <Digest value={dataset.digest} />
        </Text>
      }
      empty={{ icon: IconFiles, title: "No file", sentence: "This version holds no file." }}
    />
  );
}
