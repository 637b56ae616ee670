import { setTimeout as pause } from "node:timers/promises";
import { retainingOrganizations, runRetention, type ServiceContext } from "@preceptor/services";

export interface RetentionOptions {
  readonly base: Omit<ServiceContext, "caller">;
  /** Whether this worker is the one that goes round; what a process held is free when it dies. */
  readonly locks: { hold(keys: readonly string[]): Promise<ReadonlySet<string>> };
  readonly everyMs?: number;
}
export interface Retention {
  /** Begins nothing more and waits for what is under way, at most this long. A run that ends in the middle is finished later. */
  stop(graceMs?: number): Promise<void>;
}

/** Tells this lock from others of the database. */
export const retentionLock = 0x5265;
/** What one turn does for an organization. Larger heaps take more turns; an operator may run it whole. */
const jobs = 20;
const objects = 200;
const slices = 256;

/**
 * Keeps the store as small as it is meant to be, in small steps beside all else: every turn looks at some jobs and at a 256th of the
 * stored bytes of every organization, so that all is seen within about four hours. Any number of workers may run this; one goes round.
 */
export function startRetention(options: RetentionOptions): Retention {
  const { base, locks, everyMs = 60_000 } = options;
  const ending = new AbortController();
  const nextJobs = new Map<string, string>();
  // Begins anywhere: workers that are often restarted do not look at the same bytes again and again.
  let turns = Math.floor(base.now().getTime() / everyMs);

  const turn = async (): Promise<void> => {
    if (!(await locks.hold(["retention"])).has("retention")) return;
    const slice = (turns++ % slices).toString(16).padStart(2, "0");
    for (const organizationId of await retainingOrganizations(base.db)) {
      if (ending.signal.aborted) return;
      const caller = { kind: "system", component: "worker", organizationId } as const;
      const afterJob = nextJobs.get(organizationId) ?? "";
      try {
        const { nextJob, ...done } = await runRetention(
          { ...base, caller },
          { afterJob, jobs, objects, slice },
        );
        nextJobs.set(organizationId, nextJob);
        if (done.problem !== null || done.checkpoints.objects + done.removed.objects > 0)
          base.log.info({ organization: organizationId, ...done }, "retention went round");
      } catch (error) {
        base.log.warn(
          { organization: organizationId, error: nameOf(error) },
          "retention could not go round; it tries again",
        );
      }
    }
  };
  const turning = (async () => {
    for (;;) {
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => {});
      if (ending.signal.aborted) return;
      await turn().catch((error: unknown) =>
        base.log.warn({ error: nameOf(error) }, "retention could not begin; it tries again"),
      );
    }
  })();
  return {
    async stop(graceMs = 5000) {
      ending.abort();
      await Promise.race([turning, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    },
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown");
