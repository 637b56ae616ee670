import type { Handle, LogChunk, LogReader } from "@preceptor/compute";
import { attempt, computeTarget, job } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { asc, eq, and } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ProviderContext, ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";

/** Logs stay where the attempt ran; they are read through its cluster's adapter. */
export type LogContext = ServiceContext & Pick<ProviderContext, "compute">;

/** Logs of a job's attempts (of one, if said), oldest attempt first. A cluster that keeps none has none. */
export async function listLogs(
  ctx: LogContext,
  input: { jobId: string; attemptId?: string | undefined },
): Promise<{ attemptId: string; log: string }[]> {
  authorise(ctx.caller, "job:read");
  const attempts = await started(
    ctx,
    and(
      eq(attempt.jobId, input.jobId),
      input.attemptId === undefined ? undefined : eq(attempt.id, input.attemptId),
    ),
  );
  const logs: { attemptId: string; log: string }[] = [];
  for (const { handle, reader } of attempts)
    for (const log of (await reader?.list(handle)) ?? [])
      logs.push({ attemptId: handle.attemptId, log });
  return logs;
}

/** A piece of a log from a byte offset on, whole characters only. */
export async function readLog(
  ctx: LogContext,
  input: { attemptId: string; log: string; offset: number; limitBytes: number },
): Promise<LogChunk> {
  authorise(ctx.caller, "job:read");
  const [found] = await started(ctx, eq(attempt.id, input.attemptId));
  if (!found) throw new DomainError("not-found", "There is no such attempt in your organization.");
  if (!found.reader) return { text: "", nextOffset: input.offset, droppedBytes: 0, ended: true };
  return found.reader.read(found.handle, input.log, input.offset, input.limitBytes);
}

async function started(
  ctx: LogContext,
  where: ReturnType<typeof and>,
): Promise<{ handle: Handle; reader: LogReader | undefined }[]> {
  const rows = await reading(ctx, (tx) =>
    tx
      .select({ id: attempt.id, handle: attempt.handle, target: computeTarget })
      .from(attempt)
      .innerJoin(job, eq(job.id, attempt.jobId))
      .innerJoin(computeTarget, eq(computeTarget.id, job.computeTargetId))
      .where(where)
      .orderBy(asc(attempt.number)),
  );
  return Promise.all(
    rows.map(async ({ id, handle, target }) => ({
      handle: { provider: target.provider, attemptId: id, data: handle?.data ?? {} },
      reader: (await ctx.compute.forTarget(target)).capabilities.logs,
    })),
  );
}
