import type { Database } from "@preceptor/db";
import { systemMetricPrefix } from "@preceptor/domain";
import { ingestOf } from "./ingest.ts";

export interface SystemReadings {
  readonly organizationId: string;
  readonly runId: string;
  /** Steps of machine readings are whole seconds since then. */
  readonly since: Date;
  readonly now: Date;
  /** By name without prefix and with its unit, e.g. `cpu_percent`, `memory_bytes`. */
  readonly values: Readonly<Record<string, number>>;
}

/** Adds readings of the machine to a job's run, under `system/`. */
export function logSystemReadings(db: Database, readings: SystemReadings): Promise<void> {
  const { organizationId, runId, since, now, values } = readings;
  const timestampMs = now.getTime();
  const step = BigInt(Math.max(0, Math.round((timestampMs - since.getTime()) / 1000)));
  const points = Object.entries(values)
    .filter(([, value]) => Number.isFinite(value))
    .map(([name, value]) => ({ key: `${systemMetricPrefix}${name}`, step, timestampMs, value }));
  return ingestOf(db).log({ organizationId, runId, points });
}
