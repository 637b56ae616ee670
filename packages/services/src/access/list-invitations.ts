import type { OpenInvitation } from "@preceptor/domain";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { authorise } from "./authorise.ts";
import { openInvitations } from "./open-invitations.ts";

/** Who was invited and has not come yet. */
export async function listInvitations(ctx: ServiceContext): Promise<OpenInvitation[]> {
  authorise(ctx.caller, "access:read");
  const open = await reading(ctx, (tx) =>
    openInvitations(tx, ctx.caller.organizationId, ctx.now()),
  );
  return open.map(({ name, email, roles, createdAt, expiresAt }) => ({
    name,
    email,
    roles,
    createdAt,
    expiresAt,
  }));
}
