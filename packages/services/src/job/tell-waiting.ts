import { job } from "@preceptor/db";
import { and, eq, isNull, ne, or } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import type { Lease } from "../lease.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";

/** Says on the job's page what it waits for. Nothing else changes, so there is nothing to audit. */
export async function tellWaiting(
  ctx: ServiceContext,
  input: { lease: Lease; message: string },
): Promise<void> {
  authoriseSystem(ctx.caller);
  // oxlint-disable-next-line preceptor/transaction-is-guarded -- a passing message, no change of state
  await transaction(ctx, async (tx) => {
    const [row] = await tx
      .update(job)
      .set({ message: input.message })
      .where(
        and(
          eq(job.id, input.lease.id),
          eq(job.leaseToken, input.lease.token),
          or(isNull(job.message), ne(job.message, input.message)),
        ),
      )
      .returning({ organizationId: job.organizationId });
    if (row) await tellChanged(tx, row.organizationId, "job", input.lease.id);
  });
}
