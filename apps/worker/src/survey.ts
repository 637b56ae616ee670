import { setTimeout as pause } from "node:timers/promises";
import { judgeSurveyed, type AttemptTiming, type SurveyVerdict } from "@preceptor/domain";
import {
  applySurvey,
  claimSurveys,
  finishSurvey,
  loadSurveyed,
  type ProviderContext,
  type SurveyTurn,
} from "@preceptor/services";

export interface SurveyOptions {
  readonly base: Omit<ProviderContext, "caller">;
  readonly timing?: AttemptTiming;
  /** Fewer attempts than this are looked at one by one. */
  readonly atLeast?: number;
  readonly everyMs?: number;
  readonly claimMs?: number;
}
export interface Surveys {
  /** Begins no more, and waits for what is under way, at most this long. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Keeps the attempts of busy targets fresh: asks each target about all of them at once, writes down that the unchanged were heard, and
 * makes the others due, so that their reconciler decides. Any number of workers may run this; each target is surveyed by one at a time.
 */
export function startSurveys(options: SurveyOptions): Surveys {
  const { base, timing, atLeast = 50, everyMs = 2000, claimMs = 60_000 } = options;
  const ending = new AbortController();
  const running = new Set<Promise<void>>();

  const turn = async ({ target, organizationId }: SurveyTurn): Promise<void> => {
    const caller = { kind: "system", component: "worker", organizationId } as const;
    const jobs = await survey({ ...base, caller }, target, timing).catch((error: unknown) => {
      const name = error instanceof Error ? error.name : "unknown";
      base.log.warn({ target: target.id, error: name }, "a target could not be surveyed");
      return null;
    });
    await finishSurvey(base.db, { targetId: target.id, jobs, dueInMs: everyMs });
  };
  const begin = async (): Promise<void> => {
    for (const due of await claimSurveys(base.db, { atLeast, claimMs })) {
      const done: Promise<void> = turn(due)
        .catch(() => base.log.warn({ target: due.target.id }, "a survey could not be ended"))
        .finally(() => running.delete(done));
      running.add(done);
    }
  };
  const cycles = (async () => {
    while (!ending.signal.aborted) {
      await begin().catch(() => base.log.warn({}, "no survey could be claimed"));
      await pause(everyMs / 2, undefined, { signal: ending.signal }).catch(() => {});
    }
  })();
  return {
    async stop(graceMs = 5000) {
      ending.abort();
      const all = cycles.then(() => Promise.all(running));
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    },
  };
}

/** Load, ask, judge, write; how many attempts it was. */
async function survey(
  ctx: ProviderContext,
  target: SurveyTurn["target"],
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
