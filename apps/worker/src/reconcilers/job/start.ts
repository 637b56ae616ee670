import type { ComputeProvider, Handle } from "@preceptor/compute";
import { DomainError } from "@preceptor/domain";
import {
  applyObservation,
  failJob,
  prepareAttempt,
  recordHandle,
  type PreparedAttempt,
  type WatchedJob,
} from "@preceptor/services";
import type { Work } from "../../reconciler.ts";
import { preflight } from "./preflight.ts";

/** A local process is up in a moment; a cluster's queue is looked at again anyway. */
const firstLookMs = 100;

/** The attempt is written down before it is started, and started by its id: whoever repeats this starts it no second time. */
export async function startAttempt(
  work: Work & { provider: ComputeProvider; job: WatchedJob },
): Promise<number> {
  const { ctx, lease, settings, provider, signal, job } = work;
  // An attempt that is written down already may have been started by a worker that ended: it is not given up for this.
  const held = job.status === "queued" ? await preflight(work, provider, job) : null;
  if (held !== null) return held;
  const prepared = await prepareAttempt(ctx, { lease, publicUrl: settings.publicUrl });
  if (!prepared || signal.aborted) return 0;
  const handle = await started(work, provider, prepared);
  if (handle === null) return 0;
  await recordHandle(ctx, { lease, attemptId: prepared.attemptId, handle });
  return firstLookMs;
}

/** A start that is tried again, because a credential lapsed or a cluster is silent, says so to who waits for it. */
async function tellWhy({ ctx, lease }: Work, prepared: PreparedAttempt, error: unknown) {
  if (!(error instanceof DomainError)) return;
  const { message } = error;
  await applyObservation(ctx, {
    lease,
    from: "starting",
    attemptId: prepared.attemptId,
    seen: { kind: "unknown", message },
    move: null,
    message,
  });
}

/** null when one of its files is gone: then no attempt can ever read it. */
async function started(
  work: Work,
  provider: ComputeProvider,
  prepared: PreparedAttempt,
): Promise<Handle | null> {
  const { ctx, lease } = work;
  try {
    return await provider.start(prepared.attemptId, prepared.spec());
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "not-found") {
      await tellWhy(work, prepared, error);
      throw error;
    }
    await failJob(ctx, {
      lease,
      reason: "input-unavailable",
      message: "A file the job reads is no longer in storage.",
    });
    return null;
  }
}
