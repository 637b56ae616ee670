import { account, member, user } from "@preceptor/db";
import type { Role } from "@preceptor/domain";
import type { ServiceContext, Transaction } from "../context.ts";

/** Writes a person who signs in with a password, as better-auth keeps them (an account of the provider `credential`). */
export async function addPerson(
  tx: Transaction,
  ctx: Pick<ServiceContext, "newId" | "now">,
  person: { name: string; email: string; passwordHash: string },
): Promise<string> {
  const userId = ctx.newId("user");
  const at = { createdAt: ctx.now(), updatedAt: ctx.now() };
  const { name, email, passwordHash } = person;
  await tx
    .insert(user)
    .values({ id: userId, name, email: email.toLowerCase(), emailVerified: true, ...at });
  await tx.insert(account).values({
    id: ctx.newId("user"),
    userId,
    accountId: userId,
    providerId: "credential",
    password: passwordHash,
    ...at,
  });
  return userId;
}

export async function addMembership(
  tx: Transaction,
  ctx: Pick<ServiceContext, "newId" | "now">,
  of: { organizationId: string; userId: string; roles: readonly Role[] },
): Promise<void> {
  await tx.insert(member).values({
    id: ctx.newId("user"),
    organizationId: of.organizationId,
    userId: of.userId,
    role: of.roles.join(","),
    createdAt: ctx.now(),
  });
}
