import { setTimeout as pause } from "node:timers/promises";
import {
  judgeSurveyed,
  sharedBudget,
  type AttemptTiming,
  type SurveyVerdict,
} from "@preceptor/domain";
import {
  applySurvey,
  busyTargets,
  finishSurvey,
  loadSurveyed,
  type BusyTarget,
  type ProviderContext,
} from "@preceptor/services";

export interface SurveyOptions {
  readonly base: Omit<ProviderContext, "caller">;
  /** Which budgets are this worker's: of those wanted, at most one process holds each. What a process held is free when it dies. */
  readonly locks: { hold(budgets: readonly string[]): Promise<ReadonlySet<string>> };
  readonly timing?: AttemptTiming;
  /** Fewer attempts than this are looked at one by one. */
  readonly atLeast?: number;
  readonly everyMs?: number;
}
export interface Surveys {
  /** Targets another worker surveys: their attempts under way are its to look at, so that one process alone asks there. */
  elsewhere(): readonly string[];
  /** Begins no more, and waits for what is under way, at most this long. */
  stop(graceMs?: number): Promise<void>;
}

/** One that holds a target and surveys it no more, since it hangs or cannot reach it, is not waited for. */
const silenceMs = 30_000;
/** Tells the locks of surveys from others of the database. */
export const surveysLock = 0x5375;

/**
 * Keeps the attempts of busy targets fresh: asks each target about all of them at once, writes down that the unchanged were heard, and
 * makes the others due, so that their reconciler decides. Any number of workers may run this: each target is surveyed by one, until that
 * one dies or stops. What it is asked there then stays within what one process keeps to.
 */
export async function startSurveys(options: SurveyOptions): Promise<Surveys> {
  const { base, locks, timing, atLeast = 50, everyMs = 2000 } = options;
  const ending = new AbortController();
  const running = new Map<string, Promise<void>>();
  let mine: ReadonlySet<string> = new Set();
  let elsewhere: readonly string[] = [];
  /** Since when no survey of these was seen, though they are not this worker's. */
  const silent = new Map<string, number>();

  const turn = async ({ target, organizationId }: BusyTarget): Promise<void> => {
    const caller = { kind: "system", component: "worker", organizationId } as const;
    const jobs = await survey({ ...base, caller }, target, timing).catch((error: unknown) => {
      const name = error instanceof Error ? error.name : "unknown";
      base.log.warn({ target: target.id, error: name }, "a target could not be surveyed");
      return null;
    });
    await finishSurvey(base.db, { targetId: target.id, jobs, dueInMs: everyMs });
  };
  const begin = async (): Promise<void> => {
    const busy = await busyTargets(base.db, { atLeast });
    const before = mine;
    const budgets = await locks.hold([...new Set(busy.map(({ target }) => sharedBudget(target)))]);
    const held = busy.filter(({ target }) => budgets.has(sharedBudget(target)));
    mine = new Set(held.map(({ target }) => target.id));
    const quiet = busy.filter(({ target, isSurveyed }) => !isSurveyed && !mine.has(target.id));
    for (const id of silent.keys())
      if (!quiet.some(({ target }) => target.id === id)) silent.delete(id);
    for (const { target } of quiet)
      if (!silent.has(target.id)) silent.set(target.id, performance.now());
    const isSilent = (id: string): boolean =>
      performance.now() - (silent.get(id) ?? Infinity) > silenceMs;
    elsewhere = busy.flatMap(({ target: { id } }) => (mine.has(id) || isSilent(id) ? [] : [id]));
    for (const one of busy) {
      const { id } = one.target;
      // When the next is due was said by who held it before.
      const isDue = one.isDue || !before.has(id);
      if (!mine.has(id) || running.has(id) || !isDue) continue;
      const done: Promise<void> = turn(one)
        .catch(() => base.log.warn({ target: id }, "a survey could not be ended"))
        .finally(() => running.delete(id));
      running.set(id, done);
    }
  };
  /** Nothing is known of who holds what: whoever finds something due looks at it. */
  const lost = (): void => {
    mine = new Set();
    elsewhere = [];
    base.log.warn({}, "it could not be settled who surveys which target");
  };
  // Before any attempt is looked at, it is known which are another's.
  await begin().catch(lost);
  const cycles = (async () => {
    for (;;) {
      await pause(everyMs / 2, undefined, { signal: ending.signal }).catch(() => {});
      if (ending.signal.aborted) return;
      await begin().catch(lost);
    }
  })();
  return {
    elsewhere: () => elsewhere,
    async stop(graceMs = 5000) {
      ending.abort();
      const all = cycles.then(() => Promise.all(running.values()));
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    },
  };
}

/** Load, ask, judge, write; how many attempts it was. */
async function survey(
  ctx: ProviderContext,
  target: BusyTarget["target"],
  timing: AttemptTiming | undefined,
): Promise<number> {
  const provider = await ctx.compute.forTarget(target);
  const jobs = await loadSurveyed(ctx, target.id);
  const askedAt = ctx.now();
  const observations = await provider.observe(jobs.map(({ handle }) => handle));
  const now = ctx.now();
  const judged = jobs.map((one, n) => {
    const seen = observations[n];
    const verdict: SurveyVerdict = seen ? judgeSurveyed(one, seen, now, timing) : "quiet";
    return {
      jobId: one.id,
      attemptId: one.attemptId,
      status: one.job.status,
      verdict,
      heardAt: new Date(Math.min(seen?.seenAtMs ?? askedAt.getTime(), now.getTime())),
      isNews: (seen?.seenAtMs ?? Number.POSITIVE_INFINITY) > one.attempt.lastHeardAt.getTime(),
    };
  });
  await applySurvey(ctx, {
    confirmed: judged.filter(({ verdict, isNews }) => verdict === "confirmed" && isNews),
    changed: judged.filter(({ verdict }) => verdict === "look"),
  });
  return jobs.length;
}
