import { member, user } from "@preceptor/db";
import type { Member } from "@preceptor/domain";
import { asc, eq } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";
import { reading } from "../transaction.ts";
import { authorise } from "./authorise.ts";
import { rolesOf } from "./memberships.ts";

/** The people of the caller's organization. */
export async function listMembers(ctx: ServiceContext): Promise<Member[]> {
  authorise(ctx.caller, "access:read");
  return reading(ctx, (tx) => membersOf(tx, ctx.caller.organizationId));
}

/** `member` and `user` have no row-level security (sign-in reads them before there is a caller): the filter here is the guard. */
export async function membersOf(tx: Transaction, organizationId: string): Promise<Member[]> {
  const rows = await tx
    .select({
      id: member.id,
      userId: user.id,
      name: user.name,
      email: user.email,
      role: member.role,
      createdAt: member.createdAt,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, organizationId))
    .orderBy(asc(user.name), asc(user.id));
  return rows.map(({ role, ...row }) => ({ ...row, roles: rolesOf(role) }));
}
