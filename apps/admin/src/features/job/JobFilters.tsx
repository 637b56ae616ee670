import { MultiSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { jobKinds, jobStatuses } from "@preceptor/domain";
import { IconSearch } from "@tabler/icons-react";
import { describeStatus } from "../../components/status-vocabulary.ts";

interface JobFiltersProps {
  readonly status: readonly string[];
  readonly kind: readonly string[];
  readonly search: string;
  readonly onChange: (changed: {
    status?: string | undefined;
    kind?: string | undefined;
    search?: string | undefined;
  }) => void;
}

/** Filters live in the address: a filtered list can be sent to somebody. */
export function JobFilters({ status, kind, search, onChange }: JobFiltersProps) {
  const find = useDebouncedCallback(
    (text: string) => onChange({ search: text.trim() || undefined }),
    250,
  );
  return (
    <>
      <TextInput
        size="xs"
        style={{ flex: "1 1 150px", maxWidth: 240 }}
        aria-label="Search jobs by name"
        placeholder="Search by name"
        leftSection={<IconSearch size={14} aria-hidden />}
        defaultValue={search}
        onChange={(event) => find(event.currentTarget.value)}
      />
      <MultiSelect
        size="xs"
        style={{ flex: "1 1 130px", maxWidth: 320 }}
        aria-label="State"
        placeholder={status.length === 0 ? "Any state" : ""}
        data={jobStatuses.map((value) => ({ value, label: describeStatus(value).word }))}
        value={[...status]}
        onChange={(values) => onChange({ status: values.join(",") || undefined })}
        clearable
      />
      <MultiSelect
        size="xs"
        style={{ flex: "1 1 120px", maxWidth: 260 }}
        aria-label="Kind"
        placeholder={kind.length === 0 ? "Any kind" : ""}
        data={[...jobKinds]}
        value={[...kind]}
        onChange={(values) => onChange({ kind: values.join(",") || undefined })}
        clearable
      />
    </>
  );
}
