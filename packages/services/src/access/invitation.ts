import { organization, verification } from "@preceptor/db";
import { DomainError, roles } from "@preceptor/domain";
import { and, eq, gt } from "drizzle-orm";
import { z } from "zod";
import type { ServiceContext, Transaction } from "../context.ts";
import { hashOfToken } from "./token.ts";

const prefix = "invitation:";
export const invitationKey = Object.assign(
  (token: string): string => `${prefix}${hashOfToken(token)}`,
  { prefix },
);

export const Invitation = z.object({
  organizationId: z.string(),
  email: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
});
type Invitation = z.infer<typeof Invitation>;

/** What stands behind an invitation's token; `not-found` when it was used, has expired, or never was. */
export async function loadInvitation(
  db: Pick<Transaction, "select">,
  token: string,
  now: Date,
): Promise<Invitation> {
  const [row] = await db
    .select({ value: verification.value })
    .from(verification)
    .where(and(eq(verification.identifier, invitationKey(token)), gt(verification.expiresAt, now)));
  if (!row)
    throw new DomainError(
      "not-found",
      "This invitation was used already, or is too old. Ask for another one.",
      { field: "token" },
    );
  return Invitation.parse(JSON.parse(row.value));
}

/** What the page behind the link shows before a password is set. */
export async function readInvitation(
  { db, now }: Pick<ServiceContext, "db" | "now">,
  input: { token: string },
): Promise<{ name: string; email: string; organization: string }> {
  const { name, email, organizationId } = await loadInvitation(db, input.token, now());
  const [row] = await db
    .select({ name: organization.name })
    .from(organization)
    .where(eq(organization.id, organizationId));
  return { name, email, organization: row?.name ?? "" };
}
