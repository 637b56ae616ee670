import { strayObject } from "@preceptor/db";
import { heldPauseMs, removalTakeOverMs, strayGraceMs } from "@preceptor/domain";
import { and, asc, eq, inArray, lte, or, type SQL } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { lockOut } from "./objects.ts";
import { referredAmong, sha256In } from "./referred.ts";

export interface ClaimedStray {
  readonly name: string;
  readonly sizeBytes: number;
  /** Names this claim: whoever takes it over has another. */
  readonly claimedAt: Date;
}

/**
 * Takes objects whose time is over: nothing refers to them still, asked again while nobody can begin to. The audit log knows before a
 * byte goes. What somebody refers to by now is forgotten. What another process left in the middle is finished.
 */
export async function claimStrays(
  ctx: ServiceContext,
  input: { limit: number },
): Promise<readonly ClaimedStray[]> {
  authorise(ctx.caller, "retention:manage");
  return transaction(ctx, async (tx) => {
    // Most looks find nothing, and then nobody waits for anybody.
    const [any] = await tx
      .select({ name: strayObject.name })
      .from(strayObject)
      .where(isDue(ctx))
      .limit(1);
    if (!any) return [];
    await lockOut(tx, ctx, "alone");
    const rows = await tx
      .select()
      .from(strayObject)
      .where(isDue(ctx))
      .orderBy(asc(strayObject.changedAt))
      .limit(input.limit)
      .for("update");
    const referred = await referredAmong(
      tx,
      ctx,
      rows.flatMap(({ name }) => sha256In(name) ?? []),
    );
    // One that is being removed was not referred to when that began; whoever refers to it since waits for its end to put it again.
    const wanted = rows.filter(
      ({ name, state }) => state !== "removing" && referred.has(sha256In(name) ?? ""),
    );
    const claimed = rows.filter((row) => !wanted.includes(row));
    const named = (some: typeof rows): SQL | undefined =>
      and(
        eq(strayObject.organizationId, ctx.caller.organizationId),
        inArray(
          strayObject.name,
          some.map(({ name }) => name),
        ),
      );
    if (wanted.length > 0) await tx.delete(strayObject).where(named(wanted));
    if (claimed.length === 0) return [];
    const claimedAt = ctx.now();
    await tx
      .update(strayObject)
      .set({ state: "removing", changedAt: claimedAt })
      .where(named(claimed));
    await record(tx, ctx, {
      action: "retention.remove",
      noun: "retention",
      nounId: ctx.caller.organizationId,
      after: { objects: claimed.map(({ name, sizeBytes }) => ({ name, sizeBytes })) },
    });
    return claimed.map(({ name, sizeBytes }) => ({ name, sizeBytes, claimedAt }));
  });
}

/** Rows a run would take now. */
export function isDue(ctx: Pick<ServiceContext, "now" | "caller">): SQL | undefined {
  const ago = (ms: number): Date => new Date(ctx.now().getTime() - ms);
  const { state, foundAt, changedAt, organizationId } = strayObject;
  return and(
    eq(organizationId, ctx.caller.organizationId),
    or(
      and(eq(state, "found"), lte(foundAt, ago(strayGraceMs))),
      and(eq(state, "held"), lte(changedAt, ago(heldPauseMs))),
      and(eq(state, "removing"), lte(changedAt, ago(removalTakeOverMs))),
    ),
  );
}
