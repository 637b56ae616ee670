import { compareFigures, compareSpecs, type ComparedRow, type JobSpec } from "@preceptor/domain";
import type { Job, MetricSeries } from "../../connection/wire.ts";
import { figure } from "../../render/figure.ts";
import { lasted } from "../../render/time.ts";
import { programOf } from "./show.ts";

type Compared = Pick<Job, "name" | "status" | "recipe" | "parameters" | "startedAt" | "endedAt"> & {
  readonly spec: Pick<JobSpec, "inputs" | "compute">;
};

/** What was asked for and what became of it, over all names that any of the jobs has. */
export const specRows = (jobs: readonly Compared[], now: Date): ComparedRow[] =>
  compareSpecs(jobs, [
    ["name", (job) => job.name],
    ["status", (job) => job.status],
    ["program", programOf],
    ["ran", (job) => (job.startedAt === null ? null : lasted(job.startedAt, job.endedAt, now))],
  ]);

/** The newest figure of every series. */
export const figureRows = (
  ids: readonly string[],
  series: readonly Pick<MetricSeries, "jobId" | "key" | "latest">[],
): ComparedRow[] => compareFigures(ids, series, figure);
