import { setTimeout as pause } from "node:timers/promises";
import { listOrganizationIds, publishAuditHead, type ServiceContext } from "@preceptor/services";
import type { ObjectStore } from "@preceptor/storage";

export interface PublishHeadsOptions {
  readonly base: Omit<ServiceContext, "caller">;
  /** Write-once, if the operator made it so. */
  readonly heads: ObjectStore;
  /** What was done since the last head can still be rewritten unseen, so not too seldom. */
  readonly everyMs?: number;
}

/** Puts the head of each organization's log away, now and every so often, until it is stopped. Any number of workers may. */
export function publishHeads({ base, heads, everyMs = 10 * 60_000 }: PublishHeadsOptions): {
  stop(): Promise<void>;
} {
  const ending = new AbortController();
  const round = async (): Promise<void> => {
    for (const organizationId of await listOrganizationIds(base)) {
      if (ending.signal.aborted) return;
      const caller = { kind: "system", component: "worker", organizationId } as const;
      await publishAuditHead({ ...base, caller }, heads);
    }
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await round().catch((error: unknown) =>
        base.log.warn(
          { why: error instanceof Error ? error.message : "unknown" },
          "the head of an audit log could not be put away",
        ),
      );
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}
