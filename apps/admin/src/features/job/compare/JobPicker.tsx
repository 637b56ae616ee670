import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../../api/client.ts";
import { formatExact } from "../../../components/format.ts";

export function JobPicker({
  ids,
  onChange,
}: {
  ids: readonly string[];
  onChange: (ids: readonly string[]) => void;
}) {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 200);
  const found = useQuery(
    trpc.job.list.queryOptions(
      { limit: 50, ...(search ? { search } : {}) },
      { placeholderData: keepPreviousData },
    ),
  );
  const options = (found.data?.items ?? []).map((job) => ({
    value: job.id,
    label: `${job.name} · ${formatExact(job.createdAt)}`,
  }));
  const missing = ids
    .filter((id) => !options.some((option) => option.value === id))
    .map((id) => ({ value: id, label: id }));
  return (
    <MultiSelect
      label="Jobs"
      placeholder={ids.length < 5 ? "Search by name" : ""}
      data={[...options, ...missing]}
      value={[...ids]}
      onChange={onChange}
      searchable
      searchValue={text}
      onSearchChange={setText}
      maxValues={5}
      maw={760}
      nothingFoundMessage="No job by this name"
    />
  );
}
