import { systemMetricPrefix } from "../metric/metric.ts";
import type { JobParameters } from "./plan.ts";
import type { JobSpec } from "./submit.ts";

/** One thing that several jobs have or lack, for a table with a column a job. */
export interface ComparedRow {
  readonly name: string;
  /** One a job, in the order they were named; null where a job has none. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}
interface Compared {
  readonly spec: Pick<JobSpec, "inputs" | "compute">;
  readonly parameters: JobParameters;
}

const rowOf = (name: string, values: readonly (string | null)[]): ComparedRow => ({
  name,
  values,
  differs: new Set(values).size > 1,
});

/**
 * What the jobs were given, over all names that any of them has, after what whoever asks tells of each in words of their own. Parameters
 * are those the recipe got: who left one out and who wrote its default down asked for the same.
 */
export function compareSpecs<J extends Compared>(
  jobs: readonly J[],
  first: readonly (readonly [name: string, of: (job: J) => string | null])[],
): ComparedRow[] {
  const names = (of: (job: J) => object): string[] =>
    [...new Set(jobs.flatMap((job) => Object.keys(of(job))))].toSorted();
  const row = (name: string, of: (job: J) => string | null): ComparedRow =>
    rowOf(name, jobs.map(of));
  return [
    ...first.map(([name, of]) => row(name, of)),
    row("compute", ({ spec: { compute } }) => {
      const { target, nodes, processesPerNode } = compute;
      return `${target}, ${nodes} × ${processesPerNode}`;
    }),
    ...machineRows(jobs),
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

/** Told only where one of them names something: on one machine there is nothing to tell apart. */
function machineRows(jobs: readonly Compared[]): ComparedRow[] {
  const all = jobs.map(({ spec }) => spec.compute);
  if (all.every(({ tier, instanceType, image }) => tier === "dedicated" && !instanceType && !image))
    return [];
  const own = "the target’s own";
  return [
    rowOf(
      "machine",
      all.map(({ instanceType, tier }) => `${instanceType ?? own}, ${tier}`),
    ),
    rowOf(
      "image",
      all.map(({ image }) => image ?? own),
    ),
  ];
}

interface Series {
  readonly jobId: string;
  readonly key: string;
  readonly latest: { readonly value: number | null } | null;
}

/** The newest figure of every series, as `figure` writes numbers; readings of the machine are left out. */
export function compareFigures(
  ids: readonly string[],
  series: readonly Series[],
  figure: (value: number | null) => string,
): ComparedRow[] {
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
