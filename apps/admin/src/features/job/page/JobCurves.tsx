import { Button, Paper, SimpleGrid, Stack, Title } from "@mantine/core";
import { IconChartLine } from "@tabler/icons-react";
import { useState } from "react";
import { Loading } from "../../../components/Loading.tsx";
import { ChartControls } from "../../../components/chart/ChartControls.tsx";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { type ChartGroup, chartGroups } from "../chart-groups.ts";
import { MetricChart } from "../MetricChart.tsx";
import type { useMetrics } from "../use-metrics.ts";

interface JobCurvesProps {
  readonly jobId: string;
  readonly live: boolean;
  readonly metrics: ReturnType<typeof useMetrics>;
}

export function JobCurves({ jobId, live, metrics }: JobCurvesProps) {
  const [smoothing, setSmoothing] = useState(0);
  const [log, setLog] = useState(false);
  const [all, setAll] = useState(false);
  if (metrics.isError && !metrics.data)
    return (
      <ErrorState
        title="The curves could not be loaded"
        error={metrics.error}
        onRetry={() => void metrics.refetch()}
      />
    );
  if (!metrics.data) return <Loading what="Loading the curves" h={340} />;
  const drawn = metrics.data.filter((one) => one.points > 1);
  const groups = chartGroups(drawn.map((one) => one.key));
  const [first, ...others] = groups.filter((group) => group.rank === "main");
  const minor = groups.filter((group) => group.rank === "minor");
  const machine = groups.filter((group) => group.rank === "machine");
  const chart = (group: ChartGroup, height: number) => (
    <Paper key={group.key} p="sm">
      <Title order={2} size="h3" mb={4}>
        {group.title}
      </Title>
      <MetricChart
        group={group}
        series={drawn}
        height={height}
        syncKey={`${jobId}:${group.axis}`}
        smoothing={group.rank === "machine" ? 0 : smoothing}
        log={group.rank !== "machine" && log}
        labels="keys"
      />
    </Paper>
  );
  return (
    <Stack gap="md">
      {first ? (
        <>
          <ChartControls
            smoothing={smoothing}
            onSmoothing={setSmoothing}
            log={log}
            onLog={setLog}
          />
          {chart(first, 300)}
        </>
      ) : (
        <Paper>
          <EmptyState
            icon={IconChartLine}
            title={live ? "No figure yet" : "This job logged no curve"}
            sentence={
              live
                ? "Curves appear here with the first figures the script logs."
                : "A script that logs with MLflow, as the Hugging Face Trainer does by itself, has its curves here."
            }
          />
        </Paper>
      )}
      <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="md">
        {others.map((group) => chart(group, 180))}
        {all && minor.map((group) => chart(group, 180))}
      </SimpleGrid>
      {minor.length > 0 && (
        <Button
          variant="subtle"
          size="xs"
          onClick={() => setAll(!all)}
          style={{ alignSelf: "flex-start" }}
          aria-expanded={all}
        >
          {all ? "Show fewer curves" : `Show ${minor.length} more: run time, speed and the like`}
        </Button>
      )}
      {machine.length > 0 && (
        <>
          <Title order={2}>Machine</Title>
          <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="md">
            {machine.map((group) => chart(group, 160))}
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}
