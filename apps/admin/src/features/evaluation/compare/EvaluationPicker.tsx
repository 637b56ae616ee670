import { Select } from "@mantine/core";
import { formatExact, formatFigure } from "../../../components/format.ts";
import { type EvaluationNow, modelName, suiteName } from "../evaluation-type.ts";

interface EvaluationPickerProps {
  readonly label: string;
  readonly description: string;
  readonly value: string | undefined;
  readonly evaluations: readonly EvaluationNow[];
  readonly onChange: (id: string | undefined) => void;
}

export const EvaluationPicker = (props: EvaluationPickerProps) => {
  const suites = [...new Set(props.evaluations.map(suiteName))];
  const known = props.evaluations.some((one) => one.id === props.value);
  return (
    <Select
      label={props.label}
      description={props.description}
      placeholder="Choose an evaluation"
      searchable
      clearable
      nothingFoundMessage="No complete evaluation by this name"
      data={[
        ...suites.map((suite) => ({
          group: suite,
          items: props.evaluations
            .filter((one) => suiteName(one) === suite)
            .map((one) => ({
              value: one.id,
              label: `${modelName(one)}: ${formatFigure(Number(one.score?.mean.toFixed(3)))} (${formatExact(one.completedAt ?? one.createdAt)})`,
            })),
        })),
        // Older than what is listed: it is still the choice.
        ...(props.value && !known
          ? [{ group: "Chosen", items: [{ value: props.value, label: props.value }] }]
          : []),
      ]}
      value={props.value ?? null}
      onChange={(id) => props.onChange(id ?? undefined)}
    />
  );
};
