import { DomainError } from "@preceptor/domain";
import { updateRun as write, type Run } from "@preceptor/tracking";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { runFor } from "./run-access.ts";

export const runStatuses = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"] as const;

/** What the script says of its run. Information only: the job's status is what its cluster reports. */
export async function updateRun(
  ctx: ServiceContext,
  input: { runId: string; status?: string; endedAt?: Date; name?: string },
): Promise<Run> {
  const { runId, ...change } = input;
  if (change.status !== undefined && !runStatuses.some((known) => known === change.status))
    throw new DomainError("invalid", `Invalid value ${change.status} for parameter 'status'.`, {
      field: "status",
    });
  await reading(ctx, (tx) => runFor(tx, ctx.caller, runId, "write"));
  return write(ctx.db, ctx.caller.organizationId, runId, change);
}
