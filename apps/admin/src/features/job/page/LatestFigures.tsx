import { Paper, Title } from "@mantine/core";
import type { Outputs } from "../../../api/types.ts";
import { formatFigure } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";

export const LatestFigures = ({ series }: { series: Outputs["metric"]["read"] }) => (
  <Paper>
    <Title order={2} mb="sm">
      Newest figures
    </Title>
    <KeyValue
      items={series
        .filter((one) => one.latest && !one.key.startsWith("system/"))
        .map(
          (one) =>
            [one.key, `${formatFigure(one.latest?.value)} at step ${one.latest?.step}`] as const,
        )}
    />
  </Paper>
);
