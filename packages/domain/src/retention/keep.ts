import type { JobSpec } from "../job/submit.ts";

export type Keep = NonNullable<JobSpec["checkpoints"]>["keep"];

/** A committed checkpoint, as far as it matters here. */
export interface Keepable {
  readonly id: string;
  readonly kind: "step" | "final";
  readonly step: number | null;
  /** A value that is no finite number is null. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly createdAt: Date;
  /** A model version, or an attempt that was resumed from it and may still read it, refers to it. */
  readonly inUse: boolean;
}
export interface KeepingJob {
  /** What its author asked for; without it everything stays. */
  readonly keep: Keep | undefined;
  readonly ended: boolean;
}

/**
 * Which of a job's committed checkpoints may go. Never the final one, one in use, nor, while the job has not ended, the one it would be
 * resumed from. `last` counts steps: of a step that was written more than once the latest writing stands for it. A job whose `best` names
 * a metric that none of its checkpoints has keeps everything: which of them are best is not known.
 */
export function removableCheckpoints(
  job: KeepingJob,
  checkpoints: readonly Keepable[],
): readonly string[] {
  const { keep } = job;
  if (keep === undefined) return [];
  const newestFirst = latestOfEachStep(checkpoints.filter(({ kind }) => kind === "step"));
  const best = keep.best === undefined ? [] : bestOf(newestFirst, keep.best);
  if (best === null) return [];
  const kept = new Set(
    [
      ...newestFirst.slice(0, keep.last),
      ...best,
      ...(job.ended ? [] : newestFirst.slice(0, 1)),
    ].map(({ id }) => id),
  );
  return checkpoints
    .filter((one) => one.kind === "step" && !one.inUse && !kept.has(one.id))
    .map(({ id }) => id);
}

/** In the order a resume chooses by: the greatest step, then the latest writing. */
function latestOfEachStep(checkpoints: readonly Keepable[]): readonly Keepable[] {
  const ordered = checkpoints.toSorted(
    (a, b) =>
      (b.step ?? -1) - (a.step ?? -1) ||
      b.createdAt.getTime() - a.createdAt.getTime() ||
      (a.id < b.id ? 1 : -1),
  );
  return ordered.filter(
    ({ step }, at) => step === null || step !== (ordered[at - 1]?.step ?? null),
  );
}

/** Of equals the smaller step: a later one may only carry on the figure measured at it. */
function bestOf(
  newestFirst: readonly Keepable[],
  { metric, mode, count }: NonNullable<Keep["best"]>,
): readonly Keepable[] | null {
  const sign = mode === "min" ? 1 : -1;
  const measured = newestFirst
    .toReversed()
    .flatMap((one) => {
      const value = one.metrics[metric];
      return typeof value === "number" && Number.isFinite(value) ? [{ one, value }] : [];
    })
    .toSorted((a, b) => sign * (a.value - b.value));
  return measured.length === 0 && newestFirst.length > 0
    ? null
    : measured.slice(0, count).map(({ one }) => one);
}

/** What a job keeps, for people: `keep last 2, best 1 by eval/loss (min)`. */
export const keepText = ({ last, best }: Keep): string =>
  `keep last ${last}${best === undefined ? "" : `, best ${best.count} by ${best.metric} (${best.mode})`}`;
