import { createHash } from "node:crypto";
import { terminalJobStatuses, type Job, type JobStatus } from "@preceptor/domain";
import { getJob, type ServiceContext } from "@preceptor/services";
import { tracked, type TrackedEnvelope } from "@trpc/server";
import { changeKey, type Changes } from "../changes.ts";

/** A notification that was missed costs this long at most. */
const POLL_MS = 2_000;

/** The job now and after each change, until it has ended. An event's id is the digest of what it said. */
export async function* watchJob(
  ctx: ServiceContext,
  changes: Changes,
  input: { id: string; lastEventId?: string | null | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<Job>, void> {
  const key = changeKey(ctx.caller.organizationId, "job", input.id);
  let said = input.lastEventId ?? null;
  while (!signal?.aborted) {
    const job = await getJob(ctx, { id: input.id });
    const digest = createHash("sha256").update(JSON.stringify(job)).digest("base64url");
    if (digest !== said) {
      said = digest;
      yield tracked(digest, job);
    }
    if ((terminalJobStatuses as readonly JobStatus[]).includes(job.status)) return;
    await changes.next([key], { timeoutMs: POLL_MS, signal });
  }
}
