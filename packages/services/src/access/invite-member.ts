import { user, verification } from "@preceptor/db";
import { DomainError, type InviteMember } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { authorise, memberOf } from "./authorise.ts";
import { membersOf } from "./list-members.ts";
import { invitationKey } from "./invitation.ts";
import { newToken } from "./token.ts";

const VALID_MS = 7 * 24 * 3600 * 1000;

/** Makes a one-time link's token with which the invited person sets a password. Nothing is mailed: the operator hands the link over. */
export async function inviteMember(
  ctx: ServiceContext,
  input: InviteMember,
): Promise<{ token: string }> {
  authorise(ctx.caller, "access:manage");
  const { organizationId, userId } = memberOf(ctx.caller);
  const email = input.email.toLowerCase();
  const token = newToken();
  return transaction(ctx, async (tx) => {
    const members = await membersOf(tx, organizationId);
    if (members.some((m) => m.email === email))
      throw new DomainError("already-exists", `${email} is a member already.`, { field: "email" });
    const [known] = await tx.select({ id: user.id }).from(user).where(eq(user.email, email));
    const value = { organizationId, email, name: input.name, roles: input.roles };
    const now = ctx.now();
    await tx.insert(verification).values({
      id: ctx.newId("audit"),
      identifier: invitationKey(token),
      value: JSON.stringify(value),
      expiresAt: new Date(now.getTime() + VALID_MS),
      createdAt: now,
      updatedAt: now,
    });
    await record(tx, ctx, {
      action: "access.invite",
      noun: "access",
      nounId: known?.id ?? email,
      after: { roles: input.roles, invitedBy: userId },
    });
    return { token };
  });
}
