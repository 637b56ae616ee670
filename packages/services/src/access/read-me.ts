import { actions, mayDo, type Me } from "@preceptor/domain";
import type { ServiceContext } from "../context.ts";
import { findMemberships } from "./memberships.ts";

/** Who is signed in and what they may do in the organization they look at. */
export async function readMe(
  ctx: Pick<ServiceContext, "db">,
  input: { user: Me["user"]; organizationId: string | null },
): Promise<Me> {
  const memberships = await findMemberships(ctx, input.user.id);
  const active = memberships.find((m) => m.organization.id === input.organizationId);
  const roles = active?.roles ?? [];
  return {
    user: input.user,
    organization: active?.organization ?? null,
    organizations: memberships.map((m) => m.organization),
    roles,
    actions: actions.filter((action) => mayDo(roles, action)),
  };
}
