import { Text } from "@mantine/core";
import { IconFiles } from "@tabler/icons-react";
import { Bytes } from "../../../components/Bytes.tsx";
import type { Column } from "../../../components/data-table/column.ts";
import { DataTable } from "../../../components/data-table/DataTable.tsx";
import { Digest } from "../../../components/Digest.tsx";
import { useDownloadColumn } from "../../download/download-column.tsx";
import type { ModelVersionNow } from "../model-type.ts";

type Row = ModelVersionNow["files"][number];

const columns: readonly Column<Row>[] = [
  {
    key: "path",
    header: "Path",
    width: 320,
    cell: (file) => <span className="mono">{file.path}</span>,
    value: (file) => file.path,
  },
  {
    key: "size",
    header: "Size",
    align: "right",
    width: 120,
    cell: (file) => <Bytes value={file.sizeBytes} />,
    value: (file) => file.sizeBytes,
  },
  {
    key: "sha256",
    header: "Digest",
    width: 220,
    cell: (file) => <Digest value={`sha256:${file.sha256}`} />,
    value: (file) => file.sha256,
  },
];

export function ModelFiles({ model }: { model: ModelVersionNow }) {
  const download = useDownloadColumn("model-version", model.id);
  return (
    <DataTable
      noun="model-files"
      rows={model.files}
      columns={[...columns, ...download]}
      rowKey={(file) => file.path}
      toolbar={
        <Text size="sm" c="dimmed" component="div">
          Root digest over these files: <Digest value={model.digest} />
        </Text>
      }
      empty={{ icon: IconFiles, title: "No file", sentence: "This version holds no file." }}
    />
  );
}
