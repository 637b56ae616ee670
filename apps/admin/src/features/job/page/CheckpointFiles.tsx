import { Stack, Text } from "@mantine/core";
import { downloadActions } from "@preceptor/domain";
import { useMay } from "../../../api/me.ts";
import type { Outputs } from "../../../api/types.ts";
import { Bytes } from "../../../components/Bytes.tsx";
import { Dialog } from "../../../components/Dialog.tsx";
import { Digest } from "../../../components/Digest.tsx";
import { PlainTable } from "../../../components/PlainTable.tsx";
import { DownloadFile } from "../../download/DownloadFile.tsx";

interface CheckpointFilesProps {
  readonly checkpoint: Outputs["checkpoint"]["list"][number];
  readonly onClose: () => void;
}

/** What a checkpoint holds, file by file; those who may take them away do it here. */
export function CheckpointFiles({ checkpoint, onClose }: CheckpointFilesProps) {
  const may = useMay(downloadActions.checkpoint) && checkpoint.state === "committed";
  const name = `Files of ${checkpoint.name}`;
  return (
    <Dialog onClose={onClose} title={name} size="xl">
      <Stack>
        <Text size="sm" c="dimmed" component="div">
          Root digest over these files: <Digest value={checkpoint.digest} />
        </Text>
        <PlainTable
          label={name}
          head={[
            { label: "Path" },
            { label: "Size", align: "right" },
            { label: "Digest" },
            ...(may ? [{ label: "Actions" }] : []),
          ]}
          rows={checkpoint.files.map(({ path, sizeBytes, sha256 }) => ({
            key: path,
            cells: [
              <span key="path" className="mono">
                {path}
              </span>,
              <Bytes key="size" value={sizeBytes} />,
              <Digest key="digest" value={`sha256:${sha256}`} />,
              ...(may
                ? [<DownloadFile key="download" from="checkpoint" id={checkpoint.id} path={path} />]
                : []),
            ],
          }))}
        />
      </Stack>
    </Dialog>
  );
}
