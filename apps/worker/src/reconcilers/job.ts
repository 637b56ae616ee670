import type { ComputeProvider, Observation } from "@preceptor/compute";
import {
  advance,
  DomainError,
  isHeard,
  lookPauseMs,
  type JobDecision,
  type JobMove,
} from "@preceptor/domain";
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
const outagePauseMs = 15_000;
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
  const { job, ctx, settings, harvester } = look;
  const { attempt } = job;
  const watching = attempt !== null && job.status !== "queued" && job.status !== "finalizing";
  let seen = watching ? await observe(look, attempt) : null;
  let decision = advance(job, attempt, seen, ctx.now(), settings.timing);
  if (attempt && seen && asksAlone(job, seen, decision)) {
    seen = await observe(look, attempt, "alone");
    decision = advance(job, attempt, seen, ctx.now(), settings.timing);
  }
  switch (decision.kind) {
    case "start":
      return startAttempt(look);
    case "finalize":
      return attempt ? finalize({ ...look, attempt }) : 0;
    case "cancel":
      return attempt && seen ? stop(look, attempt, seen, messageOf(seen)) : 0;
    case "fence":
      return attempt && seen ? fence(look, attempt, seen, decision) : 0;
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
      if (seen?.kind === "unknown" && seen.outage)
        return lookPauseMs(outagePauseMs, job.surveyed, job.cost, ctx.now());
      // The survey makes it due at once when it hears of a change.
      return attempt?.hasHandle && watching
        ? lookPauseMs(decision.waitMs, job.surveyed, job.cost, ctx.now())
        : decision.waitMs;
  }
}

/** A list that fails, or leaves one out, says nothing of the one: before anything is made of its silence it is asked for by itself. */
const asksAlone = (job: WatchedJob, seen: Observation, decision: JobDecision): boolean =>
  decision.kind === "fence" ||
  (!isHeard(seen) && decision.kind === "move" && decision.event === "silence") ||
  (job.status === "unknown" && seen.kind === "unknown" && seen.outage === true);

/** A cluster that does not answer is an observation, not an error. */
async function observe(
  { provider }: Look,
  { handle }: WatchedAttempt,
  how?: "alone",
): Promise<Observation> {
  try {
    const [seen] = await provider.observe([handle], how);
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
  if (over && change.attempt === "fenced") await harvestLost(look, attempt);
  else if (over) await look.harvester.harvest(look, attempt, { last: true });
  const next = await apply(look, attempt, seen, change);
  if (next !== null && over) await letGo(look, attempt);
  return next === null ? 0 : change.waitMs;
}

/** Asks its cluster to stop it, and says so where that cannot be asked or does not end. */
async function stop(
  look: Look,
  attempt: WatchedAttempt,
  seen: Observation,
  message: string | undefined,
): Promise<number> {
  try {
    await look.provider.cancel(attempt.handle);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const said = `It could not be asked to stop and may go on; it is asked again. ${error.message}`;
    await apply(look, attempt, seen, null, said);
    return unreachablePauseMs;
  }
  await apply(look, attempt, seen, null, message);
  return 200;
}

/** That it is given up is written down before it is asked to stop: however it then ends, whoever sees it knows why. */
async function fence(
  look: Look,
  attempt: WatchedAttempt,
  seen: Observation,
  { why, after }: JobDecision & { kind: "fence" },
): Promise<number> {
  const { ctx, settings } = look;
  const mark: JobMove = { ...after, ...why, event: "silence", attempt: "fenced" };
  const isMarked = attempt.givenUp !== null || seen.kind === "gone";
  if (!isMarked && (await apply(look, attempt, seen, mark)) === null) return 0;
  const marked: Look = isMarked ? look : { ...look, job: { ...look.job, status: "unknown" } };
  const given: WatchedAttempt = isMarked ? attempt : { ...attempt, status: "fenced", givenUp: why };
  const pauseMs = await stop(marked, given, seen, undefined);
  const now = await observe(marked, given, "alone");
  if (now.kind === "gone") return move(marked, given, now, after);
  const next = advance(marked.job, given, now, ctx.now(), settings.timing);
  if (next.kind === "move") return move(marked, given, now, next);
  if (pauseMs < unreachablePauseMs) await apply(marked, given, now, null, waitsForEnd(now));
  return unreachablePauseMs;
}

const waitsForEnd = (seen: Observation): string =>
  `It was given up and asked to stop; the next attempt begins once its cluster says that it ended, so that never two run. If that takes long, stop it there by hand. ${messageOf(seen) ?? ""}`.trim();

/** Of one that was lost, its files may be too. */
async function harvestLost(look: Look, attempt: WatchedAttempt): Promise<void> {
  try {
    await look.harvester.harvest(look, attempt, { last: true });
  } catch {
    look.ctx.log.warn(
      { job: look.job.id, attempt: attempt.id },
      "what a lost attempt left could not be read",
    );
  }
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
