import type { Handle } from "@preceptor/compute";
import { attempt, job } from "@preceptor/db";
import { and, eq, exists, sql } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import type { Lease } from "../lease.ts";
import { transaction } from "../transaction.ts";

/** Keeps by what its cluster knows the attempt. The start itself was audited when the attempt was written down. */
export async function recordHandle(
  ctx: ServiceContext,
  input: { lease: Lease; attemptId: string; handle: Handle },
): Promise<boolean> {
  authoriseSystem(ctx.caller);
  const { provider, attemptId, data } = input.handle;
  // oxlint-disable-next-line preceptor/transaction-is-guarded -- no status changes here
  const rows = await transaction(ctx, (tx) =>
    tx
      .update(attempt)
      .set({
        handle: { provider, attemptId, data: { ...data } },
        preparedAt: ctx.now(),
        lastObservedAt: ctx.now(),
      })
      .where(
        and(
          eq(attempt.id, input.attemptId),
          exists(
            tx
              .select({ one: sql`1` })
              .from(job)
              .where(and(eq(job.id, input.lease.id), eq(job.leaseToken, input.lease.token))),
          ),
        ),
      )
      .returning({ id: attempt.id }),
  );
  return rows.length === 1;
}
