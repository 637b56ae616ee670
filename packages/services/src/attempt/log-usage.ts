import { attempt, job } from "@preceptor/db";
import { logSystemReadings } from "@preceptor/tracking";
import { eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";

/** Adds what the attempt's processes use now to the job's run: series `system/cpu_cores` and `system/memory_bytes`. */
export async function logUsage(
  ctx: ServiceContext,
  input: { attemptId: string; usage: { cpuCores: number; memoryBytes: number } },
): Promise<void> {
  authoriseSystem(ctx.caller);
  const [row] = await reading(ctx, (tx) =>
    tx
      .select({ runId: job.runId, startedAt: attempt.startedAt, createdAt: attempt.createdAt })
      .from(attempt)
      .innerJoin(job, eq(job.id, attempt.jobId))
      .where(eq(attempt.id, input.attemptId)),
  );
  if (!row) return;
  await logSystemReadings(ctx.db, {
    organizationId: ctx.caller.organizationId,
    runId: row.runId,
    since: row.startedAt ?? row.createdAt,
    now: ctx.now(),
    values: { cpu_cores: input.usage.cpuCores, memory_bytes: input.usage.memoryBytes },
  });
}
