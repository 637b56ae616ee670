import type { checkpoint } from "@preceptor/db";
import type { Checkpoint } from "@preceptor/domain";

/** A number that JSON cannot hold (NaN, an infinity) was kept as null: it is shown as NaN, never left out. */
export function checkpointOf(row: typeof checkpoint.$inferSelect, jobName: string): Checkpoint {
  const { organizationId: _, metrics, ...rest } = row;
  return {
    ...rest,
    jobName,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([key, value]: [string, number | null]) => [
        key,
        value ?? Number.NaN,
      ]),
    ),
  };
}
