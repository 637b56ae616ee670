import { Group, Input, Select } from "@mantine/core";
import { formatReference, parseReference } from "@preceptor/domain";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../../api/client.ts";
import { Loading } from "../../../components/Loading.tsx";
import { useField } from "./form-context.ts";

interface InputFieldProps {
  readonly name: string;
  readonly type: "dataset" | "model";
  readonly description: string;
  readonly required: boolean;
}

/** Picks `dataset://name@version/split` or `model://name@version` from what there is. */
export function InputField({ name, type, description, required }: InputFieldProps) {
  const field = useField(["inputs", name]);
  const reference = parseReference(field.text);
  const [picked, setPicked] = useState<string | null>(null);
  const noun = picked ?? reference?.name ?? null;
  const isDataset = type === "dataset";
  const datasets = useQuery(trpc.dataset.list.queryOptions({ limit: 200 }, { enabled: isDataset }));
  const models = useQuery(trpc.model.list.queryOptions({ limit: 200 }, { enabled: !isDataset }));
  const version = reference?.name === noun ? reference?.version : undefined;
  const named = { name: noun ?? "", ...(version ? { version } : {}) };
  const dataset = useQuery(
    trpc.dataset.get.queryOptions(named, { enabled: isDataset && noun !== null }),
  );
  const model = useQuery(
    trpc.model.get.queryOptions(named, { enabled: !isDataset && noun !== null }),
  );
  const names = (isDataset ? datasets : models).data?.items.map((item) => item.name);
  const versions = (isDataset ? dataset : model).data?.versions ?? [];
  const splits = dataset.data?.version.splits ?? [];
  const split = reference?.scheme === "dataset" && reference.name === noun ? reference.split : null;
  const newest = versions.reduce((high, one) => Math.max(high, one.version), 0);

  const choose = (next: { name: string; version: number; split: string | null }) => {
    setPicked(next.name);
    if (!isDataset)
      field.set(formatReference({ scheme: "model", name: next.name, version: next.version }));
    else if (next.split)
      field.set(
        formatReference({
          scheme: "dataset",
          name: next.name,
          version: next.version,
          split: next.split,
        }),
      );
  };
  const pickName = (value: string | null) => {
    setPicked(value);
    const latest = models.data?.items.find((item) => item.name === value)?.latestVersion;
    field.set(undefined);
    if (value && !isDataset && latest) choose({ name: value, version: latest, split: null });
  };
  if (!names) return <Loading what={`Loading what ${name} can be`} h={60} />;
  return (
    <Input.Wrapper
      label={name}
      description={description}
      error={field.error}
      withAsterisk={required}
      labelElement="div"
    >
      <Group gap="xs" mt={4} align="flex-start">
        <Select
          aria-label={`${name}: ${type}`}
          placeholder={names.length === 0 ? `no ${type} yet` : `choose a ${type}`}
          data={names}
          value={noun}
          onChange={pickName}
          searchable
          clearable={!required}
          style={{ flex: "2 1 180px" }}
        />
        <Select
          aria-label={`${name}: version`}
          placeholder="version"
          data={versions.map((one) => ({
            value: String(one.version),
            label: `version ${one.version}`,
          }))}
          value={noun === null || newest === 0 ? null : String(version ?? newest)}
          onChange={(value) =>
            noun && value && choose({ name: noun, version: Number(value), split })
          }
          disabled={noun === null}
          style={{ flex: "1 1 110px" }}
        />
        {isDataset && (
          <Select
            aria-label={`${name}: split`}
            placeholder="split"
            data={splits.map((one) => ({
              value: one.name,
              label:
                one.rows === null
                  ? one.name
                  : `${one.name} (${one.rows.toLocaleString("en-US")} rows)`,
            }))}
            value={split}
            onChange={(value) =>
              noun && choose({ name: noun, version: version ?? newest, split: value })
            }
            disabled={noun === null}
            style={{ flex: "1 1 130px" }}
          />
        )}
      </Group>
    </Input.Wrapper>
  );
}
