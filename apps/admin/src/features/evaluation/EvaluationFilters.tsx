import { Select, TextInput } from "@mantine/core";
import { VersionedName } from "@preceptor/domain";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../api/client.ts";
import { suiteOptions } from "./suite/suite-options.ts";

interface EvaluationFiltersProps {
  readonly model: string | undefined;
  readonly suite: string | undefined;
  readonly onChange: (changed: { model?: string | undefined; suite?: string | undefined }) => void;
}

export function EvaluationFilters({ model, suite, onChange }: EvaluationFiltersProps) {
  const suites = useQuery(trpc.evaluation.suites.queryOptions());
  const [typed, setTyped] = useState(model ?? "");
  const take = (text: string) => {
    setTyped(text);
    // Half a name finds nothing: only a whole one is a filter.
    if (text.trim() === "") onChange({ model: undefined });
    else if (VersionedName.safeParse(text.trim()).success) onChange({ model: text.trim() });
  };
  return (
    <>
      <Select
        size="xs"
        style={{ flex: "1 1 160px", maxWidth: 320 }}
        aria-label="Suite"
        placeholder="Any suite"
        data={suiteOptions(suites.data ?? [])}
        value={suite ?? null}
        onChange={(value) => onChange({ suite: value ?? undefined })}
        clearable
        searchable
      />
      <TextInput
        size="xs"
        style={{ flex: "1 1 150px", maxWidth: 240 }}
        aria-label="Model, as name@version"
        placeholder="Model, as name@version"
        value={typed}
        onChange={(event) => take(event.currentTarget.value)}
      />
    </>
  );
}
