import { session } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";
import { findMemberships } from "./memberships.ts";

/** Makes another of a person's organizations the one this session looks at. */
export async function switchOrganization(
  ctx: Pick<ServiceContext, "db">,
  input: { userId: string; sessionId: string; organizationId: string },
): Promise<void> {
  const memberships = await findMemberships(ctx, input.userId);
  if (!memberships.some((m) => m.organization.id === input.organizationId))
    throw new DomainError("not-found", "You are not a member of such an organization.", {
      field: "organizationId",
    });
  await ctx.db
    .update(session)
    .set({ activeOrganizationId: input.organizationId })
    .where(and(eq(session.id, input.sessionId), eq(session.userId, input.userId)));
}
