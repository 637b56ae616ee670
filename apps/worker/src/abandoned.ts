import { setTimeout as pause } from "node:timers/promises";
import { hasEnded } from "@preceptor/domain";
import {
  abandonedAttempts,
  closeAbandoned,
  type Abandoned,
  type ProviderContext,
} from "@preceptor/services";

export interface AbandonedOptions {
  readonly base: Omit<ProviderContext, "caller">;
  readonly everyMs?: number;
}
/** So many are looked at a turn; the next turn goes on after them. */
const limit = 20;

/**
 * What was abandoned while its target could not be read is ended when it can be: it would run, and cost, for nothing. Any number of workers
 * may do this, since to ask it to stop twice is to ask it once, and its end is written down once.
 */
export function startEndingAbandoned({ base, everyMs = 60_000 }: AbandonedOptions): {
  stop(): Promise<void>;
} {
  const ending = new AbortController();
  let after = "";
  const turn = async (): Promise<void> => {
    const left = await abandonedAttempts(base.db, { after, limit });
    after = left.length === limit ? (left.at(-1)?.attemptId ?? "") : "";
    for (const one of left) {
      if (ending.signal.aborted) return;
      await endOne(base, one).catch((error: unknown) =>
        base.log.warn(
          { attempt: one.attemptId, error: nameOf(error) },
          "what was abandoned cannot be asked to stop yet",
        ),
      );
    }
  };
  const turning = (async () => {
    while (!ending.signal.aborted) {
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => {});
      if (ending.signal.aborted) return;
      await turn().catch((error: unknown) =>
        base.log.warn({ error: nameOf(error) }, "abandoned attempts could not be looked for"),
      );
    }
  })();
  return {
    async stop() {
      ending.abort();
      await turning;
    },
  };
}

async function endOne(base: AbandonedOptions["base"], one: Abandoned): Promise<void> {
  const provider = await base.compute.forTarget(one.target);
  const [seen] = await provider.observe([one.handle], "alone");
  if (seen === undefined || seen.kind === "unknown") return;
  if (seen.kind !== "gone" && !hasEnded(seen)) {
    // Its end is seen in a later turn.
    await provider.cancel(one.handle);
    return;
  }
  const caller = {
    kind: "system",
    component: "worker",
    organizationId: one.organizationId,
  } as const;
  if (!(await closeAbandoned({ ...base, caller }, one))) return;
  await provider.release(one.handle);
  base.log.info({ job: one.jobId, attempt: one.attemptId }, "what was abandoned has ended");
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown");
