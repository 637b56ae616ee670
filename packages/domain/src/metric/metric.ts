import { z } from "zod";

/** One reading. `timestampMs` is Unix time in milliseconds. */
export interface MetricPoint {
  readonly key: string;
  readonly step: number;
  readonly timestampMs: number;
  readonly value: number;
}
/** Parallel arrays, ordered by step; `min` and `max` bound what each plotted point stands for. */
export interface MetricSeries {
  readonly jobId: string;
  readonly key: string;
  readonly points: number;
  readonly steps: readonly number[];
  readonly timestampsMs: readonly number[];
  readonly values: readonly (number | null)[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly latest: { step: number; value: number | null; timestampMs: number } | null;
}
export const ReadMetrics = z.strictObject({
  jobIds: z.array(z.string().max(60)).min(1).max(5),
  keys: z.array(z.string().max(250)).max(100).optional(),
  maxPoints: z.number().int().min(10).max(5000).default(1000),
  fromStep: z.number().int().optional(),
  toStep: z.number().int().optional(),
});
export type ReadMetrics = z.infer<typeof ReadMetrics>;
/** Keys under this prefix are readings of the machine (CPU, memory), written by the worker. */
export const systemMetricPrefix = "system/";
/** A series a run has, with its greatest (step, timestamp, value). `value` is null where it is NaN or infinite. */
export interface MetricKey {
  readonly key: string;
  readonly latest: { step: number; value: number | null; timestampMs: number };
  readonly points: number;
}
