import { deployment } from "@preceptor/db";
import { and, eq, ne, notInArray } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";
import { reloadRoutes, tellChanged, wakeWorker } from "../notify.ts";

/** Takes deployments out of the routes now and has the worker stop them; gives their ids. Those that have ended stay as they are. */
export async function wantStopped(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller" | "now">,
  which:
    | { readonly id: string }
    | { readonly promotionId: string }
    /** Those of the purpose that never got the route: a newer decision overtakes them. */
    | { readonly waitingFor: string },
  message: string,
  drainMs = 0,
): Promise<string[]> {
  const where =
    "id" in which
      ? eq(deployment.id, which.id)
      : "promotionId" in which
        ? eq(deployment.promotionId, which.promotionId)
        : and(
            eq(deployment.purpose, which.waitingFor),
            eq(deployment.routed, false),
            ne(deployment.stage, "shadow"),
          );
  const rows = await tx
    .update(deployment)
    .set({
      desired: "stopped",
      routed: false,
      message,
      dueAt: new Date(ctx.now().getTime() + drainMs),
    })
    .where(
      and(
        where,
        eq(deployment.desired, "serving"),
        notInArray(deployment.status, ["stopped", "failed"]),
      ),
    )
    .returning({ id: deployment.id });
  if (rows.length === 0) return [];
  await reloadRoutes(tx);
  await wakeWorker(tx);
  for (const { id } of rows) await tellChanged(tx, ctx.caller.organizationId, "deployment", id);
  return rows.map(({ id }) => id);
}
