import { systemMetricPrefix } from "@preceptor/domain";
import type { Job, MetricSeries } from "../../connection/wire.ts";
import { figure } from "../../render/figure.ts";
import { lasted } from "../../render/time.ts";
import { programOf } from "./show.ts";

export interface CompareRow {
  readonly name: string;
  /** One a job, in the order they were named; null where a job has none. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}
const rowOf = (name: string, values: readonly (string | null)[]): CompareRow => ({
  name,
  values,
  differs: new Set(values).size > 1,
});

type Compared = Pick<Job, "name" | "status" | "recipe" | "parameters" | "startedAt" | "endedAt"> & {
  readonly spec: Pick<Job["spec"], "inputs"> & {
    readonly compute: Pick<Job["spec"]["compute"], "target" | "nodes" | "processesPerNode">;
  };
};

/** What was asked for and what became of it, over all names that any of the jobs has. */
export function specRows(jobs: readonly Compared[], now: Date): CompareRow[] {
  const names = (of: (job: Compared) => object): string[] =>
    [...new Set(jobs.flatMap((job) => Object.keys(of(job))))].toSorted();
  const row = (name: string, of: (job: Compared) => string | null): CompareRow =>
    rowOf(name, jobs.map(of));
  return [
    row("name", (job) => job.name),
    row("status", (job) => job.status),
    row("program", programOf),
    row("ran", (job) => (job.startedAt === null ? null : lasted(job.startedAt, job.endedAt, now))),
    row("compute", ({ spec: { compute } }) => {
      const { target, nodes, processesPerNode } = compute;
      return `${target}, ${nodes} × ${processesPerNode}`;
    }),
    ...names((job) => job.spec.inputs).map((name) =>
      row(`input ${name}`, (job) => job.spec.inputs[name] ?? null),
    ),
    ...names((job) => job.parameters).map((name) =>
      row(name, (job) => {
        const value = job.parameters[name];
        return value === undefined ? null : String(value);
      }),
    ),
  ];
}

/** The newest figure of every series; readings of the machine are left out. */
export function figureRows(
  ids: readonly string[],
  series: readonly Pick<MetricSeries, "jobId" | "key" | "latest">[],
): CompareRow[] {
  const keys = [...new Set(series.map(({ key }) => key))]
    .filter((key) => !key.startsWith(systemMetricPrefix))
    .toSorted();
  return keys.map((key) =>
    rowOf(
      key,
      ids.map((id) => {
        const found = series.find((one) => one.jobId === id && one.key === key);
        return found?.latest ? figure(found.latest.value) : null;
      }),
    ),
  );
}
