import {
  claimWork,
  releaseWork,
  renewWork,
  type Lease,
  type ProviderContext,
} from "@preceptor/services";
import type { Reconciler, Settings } from "./reconciler.ts";

export type { Reconciler, Settings, Work } from "./reconciler.ts";

export interface LoopOptions {
  readonly base: Omit<ProviderContext, "caller">;
  readonly reconcilers: readonly Reconciler[];
  readonly settings: Settings;
  readonly owner: string;
  /** Calls `wake` whenever something may be due sooner than polling would find it. */
  readonly listen?: (wake: () => void) => Promise<unknown>;
  /** Targets whose attempts under way another worker looks after. */
  readonly exceptTargets?: () => readonly string[];
  readonly concurrency?: number;
  readonly leaseMs?: number;
  readonly idleMs?: number;
}
export interface Loop {
  /** Claims nothing more and waits for what is under way, at most this long. What is left is found by the next worker. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * The clock: claims what is due, lets its reconciler look at it, lets go. Any number of workers may run this; a worker that
 * vanishes is followed by another once its leases are over.
 */
export async function startLoop(options: LoopOptions): Promise<Loop> {
  const { base, reconcilers, owner, concurrency = 16, leaseMs = 30_000, idleMs = 1000 } = options;
  const running = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  const ending = new AbortController();
  const bell = createBell();
  await options.listen?.(bell.ring);

  const work = async (reconciler: Reconciler, lease: Lease): Promise<void> => {
    const held = new AbortController();
    const heartbeat = setInterval(() => {
      renewWork(base.db, lease, leaseMs).then(
        (still) => still || held.abort(),
        (error: unknown) =>
          base.log.warn({ lease, error: said(error) }, "a lease could not be renewed"),
      );
    }, leaseMs / 3);
    const caller = {
      kind: "system",
      component: "worker",
      organizationId: lease.organizationId,
    } as const;
    let dueInMs: number;
    try {
      const signal = AbortSignal.any([held.signal, ending.signal]);
      dueInMs = await reconciler.reconcile({
        lease,
        ctx: { ...base, caller },
        settings: options.settings,
        signal,
      });
      failures.delete(lease.id);
    } catch (error) {
      // Interrupted because this worker ends: another one goes on at once.
      dueInMs = ending.signal.aborted ? 0 : pauseAfter(failures, lease.id);
      if (!ending.signal.aborted)
        base.log.error(
          { noun: lease.noun, id: lease.id, error: said(error), dueInMs },
          "a look at it failed and is repeated",
        );
    } finally {
      clearInterval(heartbeat);
    }
    await releaseWork(base.db, lease, dueInMs);
    // Later than the idle poll, nobody needs to be woken.
    if (dueInMs < idleMs) setTimeout(bell.ring, dueInMs).unref();
  };

  let hungry = false;
  const claimAll = async (): Promise<void> => {
    for (const reconciler of reconcilers) {
      const limit = concurrency - running.size;
      if (limit <= 0) return void (hungry = true);
      const leases = await claimWork(base.db, reconciler.noun, {
        owner,
        limit,
        leaseMs,
        exceptTargets: options.exceptTargets?.() ?? [],
      });
      // As many as were asked for: there may be more, and the next room is for them.
      if (leases.length === limit) hungry = true;
      for (const lease of leases) {
        const done = work(reconciler, lease)
          .catch((error: unknown) =>
            base.log.error({ id: lease.id, error: said(error) }, "a lease could not be let go"),
          )
          .finally(() => {
            running.delete(lease.id);
            if (hungry) bell.ring();
          });
        running.set(lease.id, done);
      }
    }
  };

  const cycles = (async () => {
    while (!ending.signal.aborted) {
      bell.hush();
      hungry = false;
      await claimAll().catch((error: unknown) =>
        base.log.error({ error: said(error) }, "nothing could be claimed"),
      );
      await bell.rung(idleMs);
    }
  })();

  return {
    async stop(graceMs = 5000) {
      ending.abort();
      bell.ring();
      const all = cycles.then(() => Promise.all(running.values()));
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    },
  };
}

/** A second's pause after the first failure in a row, doubled up to a minute. */
function pauseAfter(failures: Map<string, number>, id: string): number {
  const count = (failures.get(id) ?? 0) + 1;
  failures.set(id, count);
  return Math.min(60_000, 1000 * 2 ** (count - 1));
}

/** Rings that come while nobody waits are not lost. */
function createBell() {
  let rang = false;
  let answer: (() => void) | null = null;
  const ring = (): void => {
    rang = true;
    answer?.();
  };
  return {
    ring,
    hush: () => {
      rang = false;
    },
    rung: (withinMs: number): Promise<void> =>
      new Promise((resolve) => {
        if (rang) return resolve();
        const timer = setTimeout(done, withinMs);
        function done(): void {
          clearTimeout(timer);
          answer = null;
          resolve();
        }
        answer = done;
      }),
  };
}

/** An error's own text may quote what a job printed; its name and first line are enough here. */
const said = (error: unknown): string =>
  error instanceof Error
    ? `${error.name}: ${error.message.split("\n")[0] ?? ""}`.slice(0, 500)
    : "unknown";
