import { user, verification } from "@preceptor/db";
import { DomainError, type AcceptInvitation, type Caller } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { addMembership, addPerson } from "./add-person.ts";
import { authoriseSystem } from "./authorise.ts";
import { invitationKey, loadInvitation } from "./invitation.ts";

/** What verbs need that run before anybody is signed in: the one-time token is the permission. */
export type DoorContext = Omit<ServiceContext, "caller"> & {
  readonly hashPassword: (password: string) => Promise<string>;
};

/**
 * Uses up an invitation. A new person gets this password; a person known already must give the one they have, so that
 * no operator of another organization can change it.
 */
export async function acceptInvitation(
  door: DoorContext,
  input: AcceptInvitation,
): Promise<{ email: string }> {
  const invited = await loadInvitation(door.db, input.token, door.now());
  const caller: Caller = {
    kind: "system",
    component: "invitation",
    organizationId: invited.organizationId,
  };
  authoriseSystem(caller);
  const ctx = { ...door, caller };
  const passwordHash = await door.hashPassword(input.password);
  const [known] = await door.db
    .select({ id: user.id })
    .from(user)
    .where(eq(user.email, invited.email));
  if (known && !(await door.confirmPassword(known.id, input.password)))
    throw new DomainError("forbidden", "This is not the password you sign in with.", {
      field: "password",
    });
  return transaction(ctx, async (tx) => {
    const used = await tx
      .delete(verification)
      .where(eq(verification.identifier, invitationKey(input.token)))
      .returning({ id: verification.id });
    if (used.length === 0)
      throw new DomainError("conflict", "This invitation was used a moment ago.", {
        field: "token",
      });
    const userId = known?.id ?? (await addPerson(tx, ctx, { ...invited, passwordHash }));
    await addMembership(tx, ctx, { ...invited, userId });
    await record(tx, ctx, {
      action: "access.accept-invitation",
      noun: "access",
      nounId: userId,
      after: { roles: invited.roles },
    });
    return { email: invited.email };
  });
}
