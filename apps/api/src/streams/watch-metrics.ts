import { newestMetricMarks, type ServiceContext } from "@preceptor/services";
import { tracked, type TrackedEnvelope } from "@trpc/server";
import { changeKey, type Changes } from "../changes.ts";

const POLL_MS = 2_000;

/** Says which job has new points. An event's id is the newest mark of each job: `12.0.7`, in the order asked. */
export async function* watchMetrics(
  ctx: ServiceContext,
  changes: Changes,
  input: { jobIds: readonly string[]; lastEventId?: string | null | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<{ jobId: string }>, void> {
  const resumed = input.lastEventId?.split(".").map(Number);
  const said: (number | undefined)[] = input.jobIds.map((_, i) => resumed?.[i]);
  while (!signal?.aborted) {
    const marks = await newestMetricMarks(ctx, { jobIds: input.jobIds });
    for (const [i, { jobId, mark }] of marks.entries()) {
      if (mark === said[i]) continue;
      said[i] = mark;
      yield tracked(said.map((n) => n ?? 0).join("."), { jobId });
    }
    const keys = marks.map(({ runId }) => changeKey(ctx.caller.organizationId, "metric", runId));
    await changes.next(keys, { timeoutMs: POLL_MS, signal });
  }
}
