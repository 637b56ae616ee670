import { checkpoint, strayObject } from "@preceptor/db";
import { removedMemoryMs, type RetentionOutlook } from "@preceptor/domain";
import { and, count, eq, gt, max, sum } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";

/** What retention did as long as it is remembered which objects it removed, whoever ran it. */
export async function latelyRemoved(
  tx: Transaction,
  ctx: Pick<ServiceContext, "now" | "caller">,
): Promise<RetentionOutlook["lately"]> {
  const { organizationId } = ctx.caller;
  const from = new Date(ctx.now().getTime() - removedMemoryMs);
  const [marked] = await tx
    .select({
      objects: count(),
      bytes: sum(checkpoint.sizeBytes),
      lastAt: max(checkpoint.removedAt),
    })
    .from(checkpoint)
    .where(
      and(
        eq(checkpoint.organizationId, organizationId),
        eq(checkpoint.state, "removed"),
        gt(checkpoint.removedAt, from),
      ),
    );
  const [gone] = await tx
    .select({
      objects: count(),
      bytes: sum(strayObject.sizeBytes),
      lastAt: max(strayObject.changedAt),
    })
    .from(strayObject)
    .where(
      and(
        eq(strayObject.organizationId, organizationId),
        eq(strayObject.state, "removed"),
        gt(strayObject.changedAt, from),
      ),
    );
  const amount = (row: typeof gone) => ({
    objects: row?.objects ?? 0,
    bytes: Number(row?.bytes ?? 0),
    lastAt: row?.lastAt ?? null,
  });
  return { checkpoints: amount(marked), objects: amount(gone) };
}
