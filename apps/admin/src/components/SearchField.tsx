import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";

interface SearchFieldProps {
  /** Names the field for a screen reader, e.g. "Search models by name". */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string | undefined) => void;
}

/** A list's search box; what is typed goes to the address once the typing pauses. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const find = useDebouncedCallback((text: string) => onChange(text.trim() || undefined), 250);
  return (
    <TextInput
      size="xs"
      style={{ flex: "1 1 150px", maxWidth: 280 }}
      aria-label={label}
      placeholder="Search by name"
      maxLength={100}
      leftSection={<IconSearch size={14} aria-hidden />}
      defaultValue={value}
      onChange={(event) => find(event.currentTarget.value)}
    />
  );
}
