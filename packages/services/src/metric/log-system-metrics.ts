import { logSystemReadings } from "@preceptor/tracking";
import { authoriseSystem } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";

export interface SystemMetrics {
  readonly runId: string;
  /** When the attempt started: steps of machine readings are seconds since then. */
  readonly since: Date;
  /** By name with its unit and without prefix, e.g. `cpu_percent`, `memory_bytes`. */
  readonly values: Readonly<Record<string, number>>;
}

/** Adds readings of the machine to a job's run, as `system/<name>`. */
export async function logSystemMetrics(ctx: ServiceContext, input: SystemMetrics): Promise<void> {
  authoriseSystem(ctx.caller);
  const { organizationId } = ctx.caller;
  await logSystemReadings(ctx.db, { ...input, organizationId, now: ctx.now() });
}
