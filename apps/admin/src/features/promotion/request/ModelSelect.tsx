import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ChangeEvent, ReactNode } from "react";
import { trpc } from "../../../api/client.ts";

interface ModelSelectProps {
  /** The model the page was opened for; nothing else can be chosen then. */
  readonly fixed: string;
  readonly value?: string;
  readonly onChange?: (event: ChangeEvent<HTMLSelectElement>) => void;
  readonly error?: ReactNode;
}

export function ModelSelect({ fixed, ...field }: ModelSelectProps) {
  const models = useQuery(trpc.model.list.queryOptions({ limit: 200 }, { enabled: fixed === "" }));
  if (fixed !== "")
    return (
      <TextInput
        label="Model"
        value={fixed}
        readOnly
        error={field.error}
        classNames={{ input: "mono" }}
      />
    );
  const versions = (models.data?.items ?? []).flatMap((model) =>
    Array.from({ length: model.versions }, (_, index) => `${model.name}@${model.versions - index}`),
  );
  return (
    <NativeSelect
      label="Model"
      description="One exact version"
      data={[{ value: "", label: "Choose a model", disabled: true }, ...versions]}
      {...field}
    />
  );
}
