import { strayObject } from "@preceptor/db";
import { DomainError, removalClaimMs, removedMemoryMs, type Amount } from "@preceptor/domain";
import { and, eq, lte } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { claimStrays, type ClaimedStray } from "./claim-strays.ts";

/** As many as are surely asked for within the time of one claim. */
const atOnce = 100;

export interface Swept {
  readonly removed: Amount;
  readonly held: number;
  readonly problem: string | null;
  /** As many as were allowed: there may be more. */
  readonly more: boolean;
}

/**
 * Removes objects whose time is over from the store: nothing else in the house does. May end at any point and be run again, by any number
 * of processes. What the store refuses for a reason of its own (a hold, a policy) is kept and asked for again after a day.
 */
export async function sweepStrays(ctx: ServiceContext, input: { limit: number }): Promise<Swept> {
  authorise(ctx.caller, "retention:manage");
  await forgetRemoved(ctx);
  const removed = { objects: 0, bytes: 0 };
  let held = 0;
  let left = input.limit;
  while (left > 0) {
    const claimed = await claimStrays(ctx, { limit: Math.min(left, atOnce) });
    for (const [at, one] of claimed.entries()) {
      const end = await removeOne(ctx, one);
      if (end.kind === "unknown") {
        await letGo(ctx, claimed.slice(end.asked ? at + 1 : at));
        return { removed, held, problem: end.problem, more: true };
      }
      if (end.kind === "held") held += 1;
      else {
        removed.objects += 1;
        removed.bytes += one.sizeBytes;
      }
    }
    if (claimed.length < Math.min(left, atOnce))
      return { removed, held, problem: null, more: false };
    left -= claimed.length;
  }
  return { removed, held, problem: null, more: true };
}

type End = { kind: "removed" | "held" } | { kind: "unknown"; asked: boolean; problem: string };

async function removeOne(ctx: ServiceContext, one: ClaimedStray): Promise<End> {
  if (ctx.now().getTime() - one.claimedAt.getTime() > removalClaimMs)
    return { kind: "unknown", asked: false, problem: "The store is slow; the rest is for later." };
  try {
    await ctx.store.remove(one.name);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // Whether it is gone is not known: it stays as it is, and nobody refers to it until it has been tried again.
    if (error.code !== "conflict") return { kind: "unknown", asked: true, problem: error.message };
    ctx.log.warn({ object: one.name, reason: error.message }, "the store keeps an object");
    await settle(ctx, one, { state: "held", refusal: error.message });
    return { kind: "held" };
  }
  await settle(ctx, one, { state: "removed", refusal: null });
  return { kind: "removed" };
}

/** Only by who holds the claim: after a take-over it is the other's to say. */
const settle = (
  ctx: ServiceContext,
  { name, claimedAt }: ClaimedStray,
  to: Pick<typeof strayObject.$inferInsert, "state" | "refusal">,
): Promise<unknown> =>
  // oxlint-disable-next-line preceptor/transaction-is-guarded -- recorded when it was claimed
  transaction(ctx, (tx) =>
    tx
      .update(strayObject)
      .set({ ...to, changedAt: ctx.now() })
      .where(
        and(
          eq(strayObject.organizationId, ctx.caller.organizationId),
          eq(strayObject.name, name),
          eq(strayObject.state, "removing"),
          eq(strayObject.changedAt, claimedAt),
        ),
      ),
  );

/** What the store was not asked for yet, so that nobody who wants it has to wait. */
async function letGo(ctx: ServiceContext, rest: readonly ClaimedStray[]): Promise<void> {
  for (const one of rest) await settle(ctx, one, { state: "found", refusal: null });
}

const forgetRemoved = (ctx: ServiceContext): Promise<unknown> =>
  // oxlint-disable-next-line preceptor/transaction-is-guarded -- the sweep's own notes
  transaction(ctx, (tx) =>
    tx
      .delete(strayObject)
      .where(
        and(
          eq(strayObject.organizationId, ctx.caller.organizationId),
          eq(strayObject.state, "removed"),
          lte(strayObject.changedAt, new Date(ctx.now().getTime() - removedMemoryMs)),
        ),
      ),
  );
