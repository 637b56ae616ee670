import type { Outputs } from "../../../api/types.ts";
import { formatDuration, formatFigure, toDate } from "../../../components/format.ts";

export interface CompareRow {
  readonly key: string;
  /** One text for each job, in the order of the columns; null where the job has none. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

const rowOf = (key: string, values: readonly (string | null)[]): CompareRow => ({
  key,
  values,
  differs: new Set(values).size > 1,
});

type Job = Outputs["job"]["get"];

/** What was asked for, row by row, over all names any of the jobs has. */
export function parameterRows(
  jobs: readonly Pick<Job, "spec" | "recipe" | "startedAt" | "endedAt">[],
): CompareRow[] {
  const rows = [
    rowOf(
      "recipe",
      jobs.map((job) => (job.recipe ? `${job.recipe.name}@${job.recipe.version}` : "own code")),
    ),
    rowOf(
      "took",
      jobs.map((job) =>
        job.startedAt && job.endedAt
          ? formatDuration(toDate(job.endedAt).getTime() - toDate(job.startedAt).getTime())
          : null,
      ),
    ),
    rowOf(
      "compute",
      jobs.map(
        ({ spec: { compute } }) =>
          `${compute.target}, ${compute.nodes} × ${compute.processesPerNode}`,
      ),
    ),
    ...machineRows(jobs),
  ];
  const inputs = [...new Set(jobs.flatMap((job) => Object.keys(job.spec.inputs)))].toSorted();
  const parameters = [
    ...new Set(jobs.flatMap((job) => Object.keys(job.spec.parameters))),
  ].toSorted();
  return [
    ...rows,
    ...inputs.map((name) =>
      rowOf(
        `input ${name}`,
        jobs.map((job) => job.spec.inputs[name] ?? null),
      ),
    ),
    ...parameters.map((name) =>
      rowOf(
        name,
        jobs.map((job) => {
          const value = job.spec.parameters[name];
          return value === undefined ? null : String(value);
        }),
      ),
    ),
  ];
}

/** Told only where one of them names something: on one machine there is nothing to tell apart. */
function machineRows(jobs: readonly Pick<Job, "spec">[]): CompareRow[] {
  const all = jobs.map(({ spec }) => spec.compute);
  if (all.every(({ tier, instanceType, image }) => tier === "dedicated" && !instanceType && !image))
    return [];
  return [
    rowOf(
      "machine",
      all.map(({ instanceType, tier }) => `${instanceType ?? "the target’s own"}, ${tier}`),
    ),
    rowOf(
      "image",
      all.map(({ image }) => image ?? "the target’s own"),
    ),
  ];
}

/** The newest figure of every series, machine readings left out. */
export function figureRows(
  ids: readonly string[],
  series: readonly Pick<Outputs["metric"]["read"][number], "jobId" | "key" | "latest">[],
): CompareRow[] {
  const keys = [...new Set(series.map((one) => one.key))]
    .filter((key) => !key.startsWith("system/"))
    .toSorted();
  return keys.map((key) =>
    rowOf(
      key,
      ids.map((id) => {
        const found = series.find((one) => one.jobId === id && one.key === key);
        return found?.latest ? formatFigure(found.latest.value) : null;
      }),
    ),
  );
}
