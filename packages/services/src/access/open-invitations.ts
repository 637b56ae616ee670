import { verification } from "@preceptor/db";
import { and, asc, gt, inArray, like } from "drizzle-orm";
import type { Transaction } from "../context.ts";
import { Invitation, invitationKey } from "./invitation.ts";

/** The organization's invitations that still work, oldest first. `verification` has no column for an organization: it stands in the value. */
export async function openInvitations(tx: Transaction, organizationId: string, now: Date) {
  const rows = await tx
    .select()
    .from(verification)
    .where(
      and(
        like(verification.identifier, `${invitationKey.prefix}%`),
        gt(verification.expiresAt, now),
      ),
    )
    .orderBy(asc(verification.createdAt), asc(verification.id));
  return rows
    .map(({ id, value, createdAt, expiresAt }) => ({
      id,
      createdAt,
      expiresAt,
      ...Invitation.parse(JSON.parse(value)),
    }))
    .filter((one) => one.organizationId === organizationId);
}

/** Takes back every link that was made for this address here; says how many there were. */
export async function withdrawInvitations(
  tx: Transaction,
  organizationId: string,
  of: { email: string; now: Date },
): Promise<number> {
  const open = await openInvitations(tx, organizationId, of.now);
  const ids = open.filter(({ email }) => email === of.email).map(({ id }) => id);
  if (ids.length > 0) await tx.delete(verification).where(inArray(verification.id, ids));
  return ids.length;
}
