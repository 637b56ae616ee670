import { Group, Progress, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { Section } from "../../../components/Section.tsx";
import { formatBytes } from "../../../components/format.ts";
import type { FileProgress } from "./upload.ts";

const words = (file: FileProgress): string => {
  if (file.phase === "waiting") return "waiting";
  if (file.phase === "hashing") return "computing its digest";
  if (file.phase === "sending")
    return `${formatBytes(file.sentBytes)} of ${formatBytes(file.sizeBytes)}`;
  if (file.phase === "arrived") return `${formatBytes(file.sizeBytes)}, digest checked`;
  return "failed";
};

/** How far each file is, and what is wrong with it. */
export const UploadProgress = ({ files }: { files: readonly FileProgress[] }) => (
  <Section title="Upload">
    <Stack gap="sm">
      {files.map((file) => (
        <div key={file.path}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm" className="mono" truncate>
              {file.path}
            </Text>
            <Group gap={6} wrap="nowrap" style={{ flexShrink: 0 }}>
              {file.phase === "arrived" && (
                <IconCircleCheck size={16} color="var(--state-done)" aria-hidden />
              )}
              {file.phase === "failed" && (
                <IconCircleX size={16} color="var(--state-failed)" aria-hidden />
              )}
              <Text size="sm" c="dimmed" className="figures">
                {words(file)}
              </Text>
            </Group>
          </Group>
          <Progress
            mt={4}
            size="sm"
            aria-label={`${file.path}: ${words(file)}`}
            color={file.phase === "failed" ? "red" : "petrol"}
            striped={file.phase === "hashing"}
            value={
              file.phase === "hashing"
                ? 100
                : file.sizeBytes === 0
                  ? 0
                  : (100 * file.sentBytes) / file.sizeBytes
            }
          />
          {file.error && (
            <Text size="sm" c="var(--state-failed)" role="alert" mt={4}>
              {file.error}
            </Text>
          )}
        </div>
      ))}
    </Stack>
  </Section>
);
