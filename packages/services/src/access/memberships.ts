import { member, organization } from "@preceptor/db";
import { isRole, type OrganizationStub, type Role } from "@preceptor/domain";
import { asc, eq } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";
import { acrossOrganizations } from "../transaction.ts";

export interface Membership {
  readonly organization: OrganizationStub;
  readonly roles: readonly Role[];
}
/** The column holds roles as one text, comma-separated; a word that is no role of ours gives nothing. */
export const rolesOf = (text: string): Role[] => text.split(",").filter(isRole);

/** Whom a person works for, oldest membership first. Asked before there is a caller, so it takes none. */
export async function findMemberships(
  { db }: Pick<ServiceContext, "db">,
  userId: string,
): Promise<readonly Membership[]> {
  const rows = await acrossOrganizations(db, (tx) =>
    tx
      .select({ id: organization.id, name: organization.name, role: member.role })
      .from(member)
      .innerJoin(organization, eq(organization.id, member.organizationId))
      .where(eq(member.userId, userId))
      .orderBy(asc(member.createdAt), asc(member.id)),
  );
  return rows.map(({ id, name, role }) => ({ organization: { id, name }, roles: rolesOf(role) }));
}
