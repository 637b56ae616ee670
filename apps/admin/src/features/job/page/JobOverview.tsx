import { Grid, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconChartLine } from "@tabler/icons-react";
import { useState } from "react";
import { ChartControls } from "../../../components/chart/ChartControls.tsx";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { chartGroups } from "../chart-groups.ts";
import { MetricChart } from "../MetricChart.tsx";
import { useMetrics } from "../use-metrics.ts";
import { JobFacts } from "./JobFacts.tsx";
import type { JobNow } from "./job-type.ts";
import { LatestFigures } from "./LatestFigures.tsx";

export default function JobOverview({ job, live }: { job: JobNow; live: boolean }) {
  const metrics = useMetrics([job.id], live);
  const [smoothing, setSmoothing] = useState(0);
  const [log, setLog] = useState(false);
  const series = metrics.data ?? [];
  const drawn = series.filter((one) => one.points > 1);
  const [main, ...others] = chartGroups(drawn.map((one) => one.key));
  const chart = (group: typeof main, height: number) =>
    group && (
      <Paper key={group.key} p="sm">
        <Title order={3} mb={4} tt="capitalize">
          {group.title}
        </Title>
        <MetricChart
          group={group}
          series={drawn}
          height={height}
          syncKey={job.id}
          smoothing={smoothing}
          log={log}
          labels="keys"
        />
      </Paper>
    );
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        {metrics.isError && !metrics.data && (
          <ErrorState
            title="The curves could not be loaded"
            error={metrics.error}
            onRetry={() => void metrics.refetch()}
          />
        )}
        {metrics.data && !main && (
          <Paper>
            <EmptyState
              icon={IconChartLine}
              title={live ? "No figure yet" : "This job logged no figures"}
              sentence={
                live
                  ? "Curves appear here with the first figure the script logs."
                  : "A script that logs with MLflow, as the Hugging Face Trainer does by itself, has its curves here."
              }
            />
          </Paper>
        )}
        {main && (
          <Stack gap="md">
            <ChartControls
              smoothing={smoothing}
              onSmoothing={setSmoothing}
              log={log}
              onLog={setLog}
            />
            {chart(main, 300)}
            <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="md">
              {others.map((group) => chart(group, 180))}
            </SimpleGrid>
          </Stack>
        )}
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="lg">
          <JobFacts job={job} />
          {series.length > 0 && <LatestFigures series={series} />}
          {job.spec.description && (
            <Paper>
              <Title order={2} mb="xs">
                Description
              </Title>
              <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
                {job.spec.description}
              </Text>
            </Paper>
          )}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
