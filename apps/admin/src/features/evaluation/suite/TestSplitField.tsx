import { Group, Input, Select } from "@mantine/core";
import { formatReference, parseReference } from "@preceptor/domain";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { trpc } from "../../../api/client.ts";
import { formatCount } from "../../../components/format.ts";

interface TestSplitFieldProps {
  readonly value: string;
  readonly error: ReactNode;
  readonly onChange: (reference: string) => void;
}

/** Picks `dataset://name@version/split` from what is registered; the newest version unless another is chosen. */
export function TestSplitField({ value, error, onChange }: TestSplitFieldProps) {
  const read = parseReference(value);
  const [name, setName] = useState<string | null>(read?.name ?? null);
  const [version, setVersion] = useState<number | null>(read?.version ?? null);
  const datasets = useQuery(trpc.dataset.list.queryOptions({ limit: 200 }));
  const dataset = useQuery(
    trpc.dataset.get.queryOptions(
      { name: name ?? "", ...(version === null ? {} : { version }) },
      { enabled: name !== null },
    ),
  );
  const shown = dataset.data?.version;
  const splits = (shown?.splits ?? []).map((split) => ({
    value: split.name,
    label:
      split.subjects === null
        ? split.name
        : `${split.name} (${formatCount(split.subjects)} patients)`,
  }));
  return (
    <Input.Wrapper
      label="Test split"
      description="Held out: no patient of it may be in the training data"
      labelElement="div"
      withAsterisk
      error={error}
    >
      <Group gap="xs" mt={4} mb={error ? 4 : 0}>
        <Select
          aria-label="Dataset"
          placeholder="Choose a dataset"
          searchable
          data={(datasets.data?.items ?? []).map((one) => one.name)}
          value={name}
          onChange={(next) => {
            setName(next);
            setVersion(null);
            onChange("");
          }}
          style={{ flex: "2 1 180px" }}
        />
        <Select
          aria-label="Version of the dataset"
          placeholder="version"
          disabled={name === null}
          allowDeselect={false}
          data={(dataset.data?.versions ?? []).map((one) => ({
            value: String(one.version),
            label: `version ${one.version}`,
          }))}
          value={shown ? String(shown.version) : null}
          onChange={(next) => {
            setVersion(Number(next));
            onChange("");
          }}
          style={{ flex: "1 1 110px" }}
        />
        <Select
          aria-label="Split"
          placeholder="split"
          disabled={!shown}
          data={splits}
          value={read?.scheme === "dataset" ? read.split : null}
          onChange={(split) =>
            onChange(
              shown && split
                ? formatReference({
                    scheme: "dataset",
                    name: shown.name,
                    version: shown.version,
                    split,
                  })
                : "",
            )
          }
          style={{ flex: "1 1 150px" }}
        />
      </Group>
    </Input.Wrapper>
  );
}
