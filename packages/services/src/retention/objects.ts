import { strayObject } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";
import { transaction } from "../transaction.ts";

/** Any number will do, as long as it tells these locks from others. */
const lockSpace = 0x5265;

/**
 * Called before bytes with these digests are looked for or put: what nothing referred to so far is wanted again, its time begins anew.
 * Refused with `conflict` while one of them is being removed, so that a late removal never takes new bytes.
 */
export async function wantObjects(
  ctx: Pick<ServiceContext, "db" | "caller">,
  sha256s: readonly string[],
): Promise<void> {
  if (sha256s.length === 0) return;
  // oxlint-disable-next-line preceptor/transaction-is-guarded -- whoever asks has authorised, and nothing but the sweep's own notes changes
  await transaction(ctx, async (tx) => {
    await lockOut(tx, ctx, "shared");
    for (const names of namesOf(ctx, sha256s)) {
      const [busy] = await tx
        .select({ name: strayObject.name })
        .from(strayObject)
        .where(and(among(ctx, names), eq(strayObject.state, "removing")))
        .limit(1);
      if (busy) throw beingRemoved();
      await tx.delete(strayObject).where(among(ctx, names));
    }
  });
}

/**
 * The first thing in the transaction that makes a row refer to these digests, whose bytes were there after `wantObjects`: until it ends
 * none of them is taken, and from then on the row keeps them. Refused with `conflict` when one was taken meanwhile.
 */
export async function keepObjects(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller">,
  sha256s: readonly string[],
): Promise<void> {
  if (sha256s.length === 0) return;
  await lockOut(tx, ctx, "shared");
  for (const names of namesOf(ctx, sha256s)) {
    const [taken] = await tx
      .select({ name: strayObject.name })
      .from(strayObject)
      .where(and(among(ctx, names), inArray(strayObject.state, ["removing", "removed"])))
      .limit(1);
    if (taken) throw beingRemoved();
    await tx.delete(strayObject).where(and(among(ctx, names), ne(strayObject.state, "removing")));
  }
}

/**
 * Whoever decides that objects go (`alone`) does so while nobody is about to refer to one, an organization each. Taken before any row is
 * locked; held to the end of the transaction.
 */
export const lockOut = (
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller">,
  how: "shared" | "alone",
): Promise<unknown> => {
  const key = sql`${lockSpace}::int, hashtext(${ctx.caller.organizationId})`;
  return tx.execute(
    how === "alone"
      ? sql`select pg_advisory_xact_lock(${key})`
      : sql`select pg_advisory_xact_lock_shared(${key})`,
  );
};

const among = (ctx: Pick<ServiceContext, "caller">, names: readonly string[]) =>
  and(
    eq(strayObject.organizationId, ctx.caller.organizationId),
    inArray(strayObject.name, [...names]),
  );

/** In parts that one statement takes. */
function* namesOf(ctx: Pick<ServiceContext, "caller">, sha256s: readonly string[]) {
  const names = [...new Set(sha256s)].map((sha256) => blobName(ctx.caller.organizationId, sha256));
  for (let from = 0; from < names.length; from += 1000) yield names.slice(from, from + 1000);
}

const beingRemoved = () =>
  new DomainError(
    "conflict",
    "Bytes with this digest are just being removed from storage, since nothing referred to them. Send them again in some minutes.",
  );
