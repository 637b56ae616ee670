import { FileInput, Group, Stack, Text, TextInput } from "@mantine/core";
import { Name } from "@preceptor/domain";
import { IconPlus, IconTrash, IconUpload } from "@tabler/icons-react";
import { problemIn } from "../../../api/problem.ts";
import { formatBytes } from "../../../components/format.ts";
import { HeldButton } from "../../../components/HeldButton.tsx";
import { HeldIcon } from "../../../components/HeldIcon.tsx";
import type { Split } from "./files.ts";

interface SplitFieldsProps {
  readonly splits: readonly Split[];
  readonly onChange: (splits: readonly Split[]) => void;
  readonly disabled: boolean;
}

const sizeOf = (files: readonly File[]) =>
  formatBytes(files.reduce((sum, file) => sum + file.size, 0));

/** One row a split: its name and its files. */
export function SplitFields({ splits, onChange, disabled }: SplitFieldsProps) {
  const sending = disabled ? "The files are being sent" : undefined;
  const change = (at: number, changed: Partial<Split>) =>
    onChange(splits.map((split, index) => (index === at ? { ...split, ...changed } : split)));
  return (
    <Stack gap="sm">
      {splits.map((split, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a split's name is being typed: its place is what stays
        <Group key={index} align="flex-start" gap="xs">
          <TextInput
            label="Split"
            value={split.name}
            disabled={disabled}
            error={problemIn(Name)(split.name)}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
            style={{ flex: "1 1 120px" }}
          />
          <FileInput
            label={`Files of ${split.name || "this split"}`}
            placeholder="Choose files"
            multiple
            clearable
            disabled={disabled}
            leftSection={<IconUpload size={15} aria-hidden />}
            value={[...split.files]}
            onChange={(files) => change(index, { files })}
            description={
              split.files.length > 0
                ? `${split.files.length} ${split.files.length === 1 ? "file" : "files"}, ${sizeOf(split.files)}`
                : undefined
            }
            inputWrapperOrder={["label", "input", "description", "error"]}
            style={{ flex: "3 1 200px", minWidth: 0 }}
          />
          <HeldIcon
            variant="subtle"
            color="gray"
            size="input-sm"
            mt={22}
            label={`Leave the split ${split.name} out`}
            why={sending ?? (splits.length === 1 ? "A dataset has at least one split" : undefined)}
            onClick={() => onChange(splits.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} />
          </HeldIcon>
        </Group>
      ))}
      <Group justify="space-between">
        <HeldButton
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          why={sending}
          onClick={() => onChange([...splits, { name: "", files: [] }])}
        >
          Add a split
        </HeldButton>
        <Text size="xs" c="dimmed">
          A split without files is left out. Files over 500 MB:{" "}
          <span className="mono">preceptor dataset add</span>
        </Text>
      </Group>
    </Stack>
  );
}
