import type { ComputeProvider, Observation } from "@preceptor/compute";
import { advance, DomainError, hasEnded, lookPauseMs, type JobMove } from "@preceptor/domain";
import {
  applyObservation,
  logUsage,
  tellWaiting,
  watchJob,
  type WatchedAttempt,
  type WatchedJob,
} from "@preceptor/services";
import type { Reconciler, Work } from "../reconciler.ts";
import { finalize } from "./job/finalize.ts";
import { createHarvester, type Harvester } from "./job/harvest.ts";
import { startAttempt } from "./job/start.ts";

interface Look extends Work {
  readonly job: WatchedJob;
  readonly provider: ComputeProvider;
  readonly harvester: Harvester;
  /** When the usage of each running attempt was last written down. */
  readonly measuredAtMs: Map<string, number>;
}
const unreachablePauseMs = 5000;
const usageEveryMs = 5000;

/** Starts a job's attempts, watches them, takes in what they leave, and ends the job. */
export function jobReconciler(): Reconciler {
  const harvester = createHarvester();
  const measuredAtMs = new Map<string, number>();
  return {
    noun: "job",
    async reconcile(work) {
      const job = await watchJob(work.ctx, work.lease);
      if (!job) return 0;
      const provider = await providerOf(work, job);
      if (!provider) return unreachablePauseMs;
      return lookAt({ ...work, job, provider, harvester, measuredAtMs });
    },
  };
}

/** null where this worker cannot reach the job's target, e.g. for want of a credential: another may, or this one later. */
async function providerOf({ ctx, lease }: Work, job: WatchedJob): Promise<ComputeProvider | null> {
  try {
    return await ctx.compute.forTarget(job.target);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    ctx.log.warn({ job: job.id, target: job.target.id, reason: error.message }, "not reachable");
    await tellWaiting(ctx, { lease, message: error.message });
    return null;
  }
}

async function lookAt(look: Look): Promise<number> {
  const { job, provider, ctx, settings, harvester } = look;
  const { attempt } = job;
  const watching = attempt !== null && job.status !== "queued" && job.status !== "finalizing";
  const seen = watching ? await observe(provider, attempt) : null;
  const decision = advance(job, attempt, seen, ctx.now(), settings.timing);
  switch (decision.kind) {
    case "start":
      return startAttempt(look);
    case "finalize":
      return attempt ? finalize({ ...look, attempt }) : 0;
    case "cancel":
      if (!attempt) return 0;
      await provider.cancel(attempt.handle);
      // Where a cancel does not end, its cluster says what a person can do.
      if (seen) await apply(look, attempt, seen, null, messageOf(seen));
      return 200;
    case "fence":
      return attempt && seen ? fence(look, attempt, seen, decision.after) : 0;
    case "move":
      return attempt && seen ? move(look, attempt, seen, decision) : 0;
    case "wait":
      if (attempt && seen) {
        const held = await apply(look, attempt, seen, null, decision.message);
        if (held && seen.kind === "running") {
          await harvester.harvest(look, attempt, { last: false });
          await measure(look, attempt, seen);
        }
      }
      // The survey makes it due at once when it hears of a change.
      return attempt?.hasHandle && watching
        ? lookPauseMs(decision.waitMs, job.surveyed, job.cost, ctx.now())
        : decision.waitMs;
  }
}

/** A cluster that does not answer is an observation, not an error. */
async function observe(
  provider: ComputeProvider,
  { handle }: WatchedAttempt,
): Promise<Observation> {
  try {
    const [seen] = await provider.observe([handle]);
    return seen ?? { kind: "unknown", message: "The cluster gave no answer." };
  } catch {
    return { kind: "unknown", message: "The cluster does not answer." };
  }
}

const apply = (
  look: Look,
  attempt: WatchedAttempt,
  seen: Observation,
  change: JobMove | null,
  message?: string,
) =>
  applyObservation(look.ctx, {
    lease: look.lease,
    from: look.job.status,
    attemptId: attempt.id,
    seen,
    move: change,
    message,
  });

const messageOf = (seen: Observation): string | undefined =>
  seen.kind === "finalizing" || seen.kind === "unknown" ? seen.message : undefined;

async function move(
  look: Look,
  attempt: WatchedAttempt,
  seen: Observation,
  change: JobMove,
): Promise<number> {
  const over = ["fail", "retry", "stop"].includes(change.event);
  // What it saved is taken in before its successor is made, which resumes from it.
  if (over) await look.harvester.harvest(look, attempt, { last: true });
  const next = await apply(look, attempt, seen, change);
  if (next !== null && over) await letGo(look, attempt);
  return next === null ? 0 : change.waitMs;
}

/** The cluster must confirm that nothing of the attempt goes on; until it can be asked, the job stays as it is. */
async function fence(
  look: Look,
  attempt: WatchedAttempt,
  seen: Observation,
  after: JobMove,
): Promise<number> {
  try {
    await look.provider.cancel(attempt.handle);
  } catch {
    return unreachablePauseMs;
  }
  const now = await observe(look.provider, attempt);
  if (!hasEnded(now) && now.kind !== "gone" && now.kind !== "unknown") return 500;
  try {
    await look.harvester.harvest(look, attempt, { last: true });
  } catch {
    look.ctx.log.warn(
      { job: look.job.id, attempt: attempt.id },
      "what a lost attempt left could not be read",
    );
  }
  const next = await apply(look, attempt, seen, after);
  // Where the cluster is still silent there is nobody to ask.
  if (next !== null && now.kind !== "unknown") await letGo(look, attempt);
  return next === null ? 0 : after.waitMs;
}

async function letGo(look: Look, attempt: WatchedAttempt): Promise<void> {
  look.harvester.forget(attempt.id);
  look.measuredAtMs.delete(attempt.id);
  try {
    await look.provider.release(attempt.handle);
  } catch {
    look.ctx.log.warn({ attempt: attempt.id }, "the attempt's files could not be freed");
  }
}

async function measure(look: Look, attempt: WatchedAttempt, seen: Observation): Promise<void> {
  if (seen.kind !== "running" || !seen.usage) return;
  const now = look.ctx.now().getTime();
  if (now - (look.measuredAtMs.get(attempt.id) ?? 0) < usageEveryMs) return;
  look.measuredAtMs.set(attempt.id, now);
  await logUsage(look.ctx, { attemptId: attempt.id, usage: seen.usage });
}
