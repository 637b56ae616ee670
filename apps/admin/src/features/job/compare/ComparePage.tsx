import { Alert, Paper, SimpleGrid, Stack, Title } from "@mantine/core";
import { compareFigures, compareSpecs, terminalJobStatuses } from "@preceptor/domain";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { trpc } from "../../../api/client.ts";
import type { Outputs } from "../../../api/types.ts";
import { Loading } from "../../../components/Loading.tsx";
import { ChartControls } from "../../../components/chart/ChartControls.tsx";
import { colorAt } from "../../../components/chart/series.ts";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { formatDuration, formatFigure, toDate } from "../../../components/format.ts";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { list } from "../../../frame/search-params.ts";
import { chartGroups } from "../chart-groups.ts";
import { MetricChart } from "../MetricChart.tsx";
import { useMetrics } from "../use-metrics.ts";
import { CompareTable } from "./CompareTable.tsx";
import { JobPicker } from "./JobPicker.tsx";

type Job = Outputs["job"]["get"];
const programOf = ({ recipe }: Job): string =>
  recipe ? `${recipe.name}@${recipe.version}` : "own code";
const tookOf = ({ startedAt, endedAt }: Job): string | null =>
  startedAt && endedAt
    ? formatDuration(toDate(endedAt).getTime() - toDate(startedAt).getTime())
    : null;

/** Two to five jobs side by side: curves on shared axes, parameters that differ, final figures. */
export function ComparePage() {
  const search = useSearch({ from: "/shell/compare" });
  const navigate = useNavigate();
  const ids = useMemo(() => list(search.ids), [search.ids]);
  const [smoothing, setSmoothing] = useState(0);
  const [log, setLog] = useState(false);
  const queries = useQueries({ queries: ids.map((id) => trpc.job.get.queryOptions({ id })) });
  const jobs = queries.flatMap((query) => (query.data ? [query.data] : []));
  const failed = queries.find((query) => query.isError);
  const live = jobs.some((job) => !terminalJobStatuses.some((status) => status === job.status));
  const metrics = useMetrics(ids, live);
  const series = metrics.data ?? [];
  const names = jobs.map((job) => job.name);
  const labelKey = JSON.stringify(jobs.map((job) => [job.id, job.name]));
  const labels = useMemo(
    () =>
      new Map(
        jobs.map((job, index) => {
          // Two runs of one name are told apart by the end of their id.
          const name =
            names.filter((one) => one === job.name).length > 1
              ? `${job.name} …${job.id.slice(-4)}`
              : job.name;
          return [job.id, { name, color: colorAt(index) }] as const;
        }),
      ),
    // oxlint-disable-next-line react/exhaustive-deps -- `labelKey` stands for ids and names, which is all that is read
    [labelKey],
  );
  const drawn = series.filter((one) => one.points > 1);
  // A loss of training and one of evaluation are two charts here: each compares the jobs.
  const groups = chartGroups([...new Set(drawn.map((one) => one.key))])
    .filter((group) => group.rank === "main")
    .flatMap((group) =>
      group.keys.map((key) => ({
        ...group,
        key,
        title: group.keys.length > 1 ? key : group.title,
        keys: [key],
      })),
    );
  const columns = jobs.map((job) => ({
    id: job.id,
    ...(labels.get(job.id) ?? { name: job.name, color: colorAt(0) }),
  }));
  return (
    <>
      <PageHeader
        title="Compare"
        sentence="Two to five jobs side by side. The address of this page keeps the choice."
      />
      <JobPicker
        ids={ids}
        onChange={(next) =>
          void navigate({
            to: "/compare",
            search: { ids: next.join(",") || undefined },
            replace: true,
          })
        }
      />
      {failed && <ErrorState title="A job could not be loaded" error={failed.error} />}
      {ids.length === 0 && (
        <EmptyState
          icon={IconArrowsSplit2}
          title="Choose what to compare"
          sentence="Pick two to five jobs above, or select rows in the list of jobs and press Compare."
          action={{ label: "Go to the jobs", href: "/jobs" }}
        />
      )}
      {ids.length === 1 && (
        <Alert color="gray" my="md">
          One job is chosen. Choose another to see how they differ.
        </Alert>
      )}
      {jobs.length > 0 && (
        <Stack gap="lg" mt="md">
          {groups.length > 0 && (
            <ChartControls
              smoothing={smoothing}
              onSmoothing={setSmoothing}
              log={log}
              onLog={setLog}
            />
          )}
          {metrics.isPending && <Loading what="Loading the curves" h={260} />}
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            {groups.map((group) => (
              <Paper key={group.key} p="sm">
                <Title order={2} mb={4}>
                  {group.title}
                </Title>
                <MetricChart
                  group={group}
                  series={drawn}
                  height={240}
                  syncKey="compare"
                  smoothing={smoothing}
                  log={log}
                  labels={labels}
                />
              </Paper>
            ))}
          </SimpleGrid>
          <CompareTable
            title="Final figures"
            corner="Figure"
            columns={columns}
            rows={compareFigures(ids, series, formatFigure)}
          />
          <CompareTable
            title="Spec and parameters"
            corner="Field"
            columns={columns}
            rows={compareSpecs(jobs, [
              ["recipe", programOf],
              ["took", tookOf],
            ])}
            highlight
          />
        </Stack>
      )}
    </>
  );
}
