import { useMemo } from "react";
import type { Outputs } from "../../api/types.ts";
import { LineChart } from "../../components/chart/LineChart.tsx";
import { colorAt } from "../../components/chart/series.ts";
import type { ChartGroup } from "./chart-groups.ts";

interface MetricChartProps {
  readonly group: ChartGroup;
  readonly series: Outputs["metric"]["read"];
  readonly height: number;
  readonly syncKey: string;
  readonly smoothing: number;
  readonly log: boolean;
  /** One job: a colour for each key. Several: a colour for each job, by its name. */
  readonly labels: "keys" | ReadonlyMap<string, { name: string; color: string }>;
}

export function MetricChart({ group, series, labels, ...look }: MetricChartProps) {
  const curves = useMemo(
    () =>
      series
        .filter((one) => group.keys.includes(one.key))
        .map((one, index) => {
          const job = labels === "keys" ? undefined : labels.get(one.jobId);
          const suffix = group.keys.length > 1 ? ` ${one.key}` : "";
          return {
            key: `${one.jobId}:${one.key}`,
            label: job ? `${job.name}${suffix}` : one.key,
            color: job?.color ?? colorAt(index),
            steps: one.steps,
            values: one.values,
            min: one.min,
            max: one.max,
          };
        }),
    [series, group.keys, labels],
  );
  return (
    <LineChart
      label={`${group.title} by ${group.axis}`}
      series={curves}
      format={group.format}
      axis={group.axis}
      {...look}
    />
  );
}
