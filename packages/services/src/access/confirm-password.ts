import { audit } from "@preceptor/db";
import { DomainError, type Action } from "@preceptor/domain";
import { and, count, eq, gt, sql } from "drizzle-orm";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { authorise, memberOf } from "./authorise.ts";

const mostRefusals = 5;
const withinMinutes = 15;
const refusedAction = "member.password-refused";

/**
 * The member says the password again before something is signed in their name. Each wrong one is in the log, and after five within
 * fifteen minutes none is taken, not even the right one: who holds a stolen session must not find it by trying.
 */
export async function confirmPassword(
  ctx: ServiceContext,
  action: Action,
  password: string,
): Promise<void> {
  authorise(ctx.caller, action);
  const { userId } = memberOf(ctx.caller);
  // Before the lock: it takes a while and a connection of its own. What it found counts only in turn.
  const right = await ctx.confirmPassword(userId, password);
  const outcome = await transaction(ctx, async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`password ${userId}`}, 0))`,
    );
    const since = new Date(ctx.now().getTime() - withinMinutes * 60_000);
    const [refused] = await tx
      .select({ times: count() })
      .from(audit)
      .where(
        and(
          eq(audit.organizationId, ctx.caller.organizationId),
          eq(audit.noun, "member"),
          eq(audit.nounId, userId),
          eq(audit.action, refusedAction),
          gt(audit.at, since),
        ),
      );
    if ((refused?.times ?? 0) >= mostRefusals) return "held";
    if (!right) await record(tx, ctx, { action: refusedAction, noun: "member", nounId: userId });
    return right ? "confirmed" : "wrong";
  });
  if (outcome === "held")
    throw new DomainError(
      "quota-exceeded",
      `A wrong password was given ${mostRefusals} times within ${withinMinutes} minutes; nothing was signed. Wait ${withinMinutes} minutes. If it was not you, sign out everywhere and change your password.`,
      { field: "password" },
    );
  if (outcome === "wrong")
    throw new DomainError("forbidden", "That is not your password; nothing was signed.", {
      field: "password",
    });
}
