import { deployment } from "@preceptor/db";
import { and, eq, isNull, lt, lte, ne, notInArray, or, type SQL } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";
import { reloadRoutes, tellChanged, wakeWorker } from "../notify.ts";

type Which =
  | { readonly id: string }
  | { readonly promotionId: string }
  /** Those of the purpose that wait for its route: a newer decision overtakes them. */
  | { readonly waitingFor: string }
  /** Those that were to have a part of the purpose's requests and never answered. */
  | { readonly neverAnswered: string }
  /** The routed one and all older ones that this one comes instead of; shadows stay. */
  | {
      readonly formerOf: {
        readonly id: string;
        readonly purpose: string;
        readonly createdAt: Date;
      };
    };

/** Takes deployments out of the routes now and has the worker stop them; gives their ids. Those that have ended stay as they are. */
export async function wantStopped(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller" | "now">,
  which: Which,
  message: string,
  drainMs = 0,
): Promise<string[]> {
  const rows = await tx
    .update(deployment)
    .set({
      desired: "stopped",
      routed: false,
      share: 0,
      mirror: 0,
      message,
      dueAt: new Date(ctx.now().getTime() + drainMs),
    })
    .where(
      and(
        meant(which),
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

function meant(which: Which): SQL | undefined {
  if ("id" in which) return eq(deployment.id, which.id);
  if ("promotionId" in which) return eq(deployment.promotionId, which.promotionId);
  if ("formerOf" in which) {
    const { id, purpose, createdAt } = which.formerOf;
    return and(
      eq(deployment.purpose, purpose),
      ne(deployment.id, id),
      ne(deployment.stage, "shadow"),
      or(eq(deployment.routed, true), lte(deployment.createdAt, createdAt)),
    );
  }
  const purpose = "waitingFor" in which ? which.waitingFor : which.neverAnswered;
  return and(
    eq(deployment.purpose, purpose),
    eq(deployment.routed, false),
    ne(deployment.stage, "shadow"),
    "waitingFor" in which
      ? eq(deployment.share, 100)
      : and(lt(deployment.share, 100), isNull(deployment.healthyAt)),
  );
}
