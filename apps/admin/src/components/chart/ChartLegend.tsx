import { Group, Text } from "@mantine/core";
import type { ChartSeries } from "./series.ts";

interface ChartLegendProps {
  readonly series: readonly ChartSeries[];
  /** Step under the crosshair; null shows the newest value of each. */
  readonly step: number | null;
  readonly valuesAt: readonly (number | null | undefined)[];
  readonly format: (value: number | null) => string;
  readonly axis: string;
}

/** Highest value first, so that its order is the order of the curves. */
export function ChartLegend({ series, step, valuesAt, format, axis }: ChartLegendProps) {
  const rows = series
    .map((one, index) => ({
      ...one,
      value:
        (step === null ? one.values.findLast((value) => value !== null) : valuesAt[index]) ?? null,
    }))
    .toSorted(
      (a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY),
    );
  return (
    <Group gap="md" px={6} pt={4} mih={22}>
      <Text size="xs" c="dimmed" miw={80}>
        {step === null ? `newest, by ${axis}` : `${axis} ${step}`}
      </Text>
      {rows.map((row) => (
        <Group key={row.key} gap={5} wrap="nowrap">
          <span
            aria-hidden
            style={{ width: 10, height: 3, borderRadius: 2, background: row.color }}
          />
          <Text size="xs">
            {row.label}{" "}
            <Text span size="xs" fw={600} className="figures">
              {format(row.value)}
            </Text>
            {step === null && row.values.at(-1) === null && (
              <Text span size="xs" c="var(--state-failed)">
                , then NaN
              </Text>
            )}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
