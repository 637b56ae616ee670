import { DomainError, type RevokeInvitation } from "@preceptor/domain";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { authorise } from "./authorise.ts";
import { withdrawInvitations } from "./open-invitations.ts";

/** Every link made for this address stops working. */
export async function revokeInvitation(
  ctx: ServiceContext,
  input: RevokeInvitation,
): Promise<void> {
  authorise(ctx.caller, "access:manage");
  const email = input.email.toLowerCase();
  await transaction(ctx, async (tx) => {
    const links = await withdrawInvitations(tx, ctx.caller.organizationId, {
      email,
      now: ctx.now(),
    });
    if (links === 0)
      throw new DomainError("not-found", `There is no open invitation of ${email}.`, {
        field: "email",
      });
    await record(tx, ctx, {
      action: "access.revoke-invitation",
      noun: "access",
      nounId: email,
      before: { links },
    });
  });
}
