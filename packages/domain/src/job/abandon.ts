import { z } from "zod";
import type { JobStatus } from "./status.ts";
import { transition } from "./transition.ts";

/** So long nothing may have been read from a job's target before somebody may decide that it never will be. */
export const ABANDON_AFTER_MS = 30 * 60_000;

export const AbandonJob = z.strictObject({
  id: z.string().max(60),
  reason: z.string().trim().min(10, "say in at least ten characters why").max(4000),
});
export type AbandonJob = z.infer<typeof AbandonJob>;

export interface AbandonFacts {
  readonly status: JobStatus;
  /** When anything was last read from its target, of this attempt or of another; when its newest attempt was made before that. */
  readonly lastReadAt: Date;
}

/** Only what may run somewhere can be abandoned; everything else ends by itself or can be cancelled. */
const abandonable: readonly JobStatus[] = ["starting", "running", "unknown", "cancelling"];

/** How a job ends that is given up unseen: as was wished, if somebody had wished it to stop. */
export const abandonedAs = (status: JobStatus): "failed" | "cancelled" =>
  transition(status, "stop") === "cancelled" && transition(status, "fail") === "refused"
    ? "cancelled"
    : "failed";

/** Why a job may not be abandoned now; null when it may. Whatever its target can be asked about is ended by asking it. */
export function whyNotAbandoned({ status, lastReadAt }: AbandonFacts, now: Date): string | null {
  if (status === "queued") return "Nothing of it runs yet: cancel it, and it ends at once.";
  if (status === "finalizing")
    return "Nothing of it runs any more: what it left is being taken in.";
  if (!abandonable.includes(status)) return "It has ended.";
  const restMs = ABANDON_AFTER_MS - (now.getTime() - lastReadAt.getTime());
  if (restMs <= 0) return null;
  const minutes = Math.ceil(restMs / 60_000);
  return `Its target could be read less than ${ABANDON_AFTER_MS / 60_000} minutes ago, so it may still answer. Cancel the job, or come back in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
}
