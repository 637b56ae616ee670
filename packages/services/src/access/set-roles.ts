import { member } from "@preceptor/db";
import { DomainError, mayDo, type Member, type SetRoles } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { authorise } from "./authorise.ts";
import { membersOf } from "./list-members.ts";

/** Gives a member exactly these roles; somebody who may manage access always remains. */
export async function setRoles(ctx: ServiceContext, input: SetRoles): Promise<Member> {
  authorise(ctx.caller, "access:manage");
  const { organizationId } = ctx.caller;
  return transaction(ctx, async (tx) => {
    await tx
      .select({ id: member.id })
      .from(member)
      .where(eq(member.organizationId, organizationId))
      .for("update");
    const members = await membersOf(tx, organizationId);
    const before = members.find((m) => m.userId === input.userId);
    if (!before)
      throw new DomainError("not-found", "There is no such member.", { field: "userId" });
    const after: Member = { ...before, roles: [...new Set(input.roles)] };
    const manages = (m: Member): boolean => mayDo(m.roles, "access:manage");
    if (!members.some((m) => manages(m.userId === after.userId ? after : m)))
      throw new DomainError("conflict", "Somebody must remain who may manage access.", {
        field: "roles",
      });
    await tx
      .update(member)
      .set({ role: after.roles.join(",") })
      .where(and(eq(member.organizationId, organizationId), eq(member.userId, input.userId)));
    await record(tx, ctx, {
      action: "access.set-roles",
      noun: "access",
      nounId: input.userId,
      before: { roles: before.roles },
      after: { roles: after.roles },
    });
    return after;
  });
}
