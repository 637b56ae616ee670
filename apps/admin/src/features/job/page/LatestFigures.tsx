import { Paper, Text, Title } from "@mantine/core";
import { systemMetricPrefix } from "@preceptor/domain";
import type { Outputs } from "../../../api/types.ts";
import { formatFigure } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";

export function LatestFigures({ series }: { series: Outputs["metric"]["read"] }) {
  const shown = series.filter((one) => one.latest && !one.key.startsWith(systemMetricPrefix));
  if (shown.length === 0) return null;
  return (
    <Paper>
      <Title order={2} mb="sm">
        Newest figures
      </Title>
      <KeyValue
        items={shown.map(
          (one) =>
            [
              one.key,
              one.latest?.value === null ? (
                <Text key="nan" span inherit c="var(--state-failed)">
                  not a number (NaN) at step {one.latest.step}
                </Text>
              ) : (
                `${formatFigure(one.latest?.value)} at step ${one.latest?.step}`
              ),
            ] as const,
        )}
      />
    </Paper>
  );
}
