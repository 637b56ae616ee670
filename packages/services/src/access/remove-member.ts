import { member } from "@preceptor/db";
import { DomainError, mayDo, type RemoveMember } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { authorise, memberOf } from "./authorise.ts";
import { membersOf } from "./list-members.ts";
import { withdrawInvitations } from "./open-invitations.ts";

/**
 * Ends a membership: roles are asked for at every request, so it counts from the next one on. The person, their votes
 * and what they did stay written; a link that was made for them and not used would let them in again, so it goes too.
 */
export async function removeMember(ctx: ServiceContext, input: RemoveMember): Promise<void> {
  authorise(ctx.caller, "access:manage");
  const { organizationId, userId } = memberOf(ctx.caller);
  if (input.userId === userId)
    throw new DomainError("conflict", "Nobody removes themselves: ask another operator.", {
      field: "userId",
    });
  await transaction(ctx, async (tx) => {
    await tx
      .select({ id: member.id })
      .from(member)
      .where(eq(member.organizationId, organizationId))
      .for("update");
    const members = await membersOf(tx, organizationId);
    const gone = members.find((one) => one.userId === input.userId);
    if (!gone) throw new DomainError("not-found", "There is no such member.", { field: "userId" });
    // Two operators who remove each other at the same moment: the lock lets one of them win.
    if (!members.some((one) => one !== gone && mayDo(one.roles, "access:manage")))
      throw new DomainError("conflict", "Somebody must remain who may manage access.", {
        field: "userId",
      });
    await tx
      .delete(member)
      .where(and(eq(member.organizationId, organizationId), eq(member.userId, input.userId)));
    const links = await withdrawInvitations(tx, organizationId, {
      email: gone.email,
      now: ctx.now(),
    });
    await record(tx, ctx, {
      action: "access.remove-member",
      noun: "access",
      nounId: input.userId,
      before: { roles: gone.roles, links },
      after: null,
    });
  });
}
