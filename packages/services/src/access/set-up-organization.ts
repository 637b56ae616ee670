import { computeTarget, organization, user, verification } from "@preceptor/db";
import {
  DomainError,
  type Caller,
  type ComputeTargetSettings,
  type SetUp,
} from "@preceptor/domain";
import { and, eq, gt, like } from "drizzle-orm";
import { record } from "../audit/record.ts";
import { transaction } from "../transaction.ts";
import type { DoorContext } from "./accept-invitation.ts";
import { addMembership, addPerson } from "./add-person.ts";
import { authoriseSystem } from "./authorise.ts";
import { subjectKeyOf } from "./subject-key.ts";
import { hashOfToken, newToken } from "./token.ts";

const PREFIX = "set-up:";
const VALID_MS = 7 * 24 * 3600 * 1000;

/** A fresh one-time token while nobody can sign in yet, null afterwards. An older token stops working. */
export async function offerSetUp(
  door: Pick<DoorContext, "db" | "now" | "newId">,
): Promise<string | null> {
  const [someone] = await door.db.select({ id: user.id }).from(user).limit(1);
  if (someone) return null;
  const token = newToken();
  const now = door.now();
  await door.db.delete(verification).where(like(verification.identifier, `${PREFIX}%`));
  await door.db.insert(verification).values({
    id: door.newId("audit"),
    identifier: PREFIX + hashOfToken(token),
    value: "first administrator",
    expiresAt: new Date(now.getTime() + VALID_MS),
    createdAt: now,
    updatedAt: now,
  });
  return token;
}

/**
 * The first administrator (operator), their organization, its key of patient hashes and its compute target `local`:
 * all of it, or nothing and the link stays good.
 */
export async function setUpOrganization(
  door: DoorContext,
  input: SetUp & { local: ComputeTargetSettings },
): Promise<{ organizationId: string; userId: string }> {
  const organizationId = door.newId("organization");
  const caller: Caller = { kind: "system", component: "set-up", organizationId };
  authoriseSystem(caller);
  const ctx = { ...door, caller };
  const passwordHash = await door.hashPassword(input.password);
  return transaction(ctx, async (tx) => {
    const used = await tx
      .delete(verification)
      .where(
        and(
          eq(verification.identifier, PREFIX + hashOfToken(input.token)),
          gt(verification.expiresAt, ctx.now()),
        ),
      )
      .returning({ id: verification.id });
    if (used.length === 0)
      throw new DomainError(
        "forbidden",
        "This set-up link was used already or is too old. Restart the server for a new one.",
        { field: "token" },
      );
    await tx.insert(organization).values({
      id: organizationId,
      name: input.organization,
      slug: organizationId,
      createdAt: ctx.now(),
    });
    const userId = await addPerson(tx, ctx, { ...input, passwordHash });
    await addMembership(tx, ctx, { organizationId, userId, roles: ["operator"] });
    await subjectKeyOf(tx, ctx);
    const targetId = ctx.newId("computeTarget");
    await tx.insert(computeTarget).values({
      id: targetId,
      organizationId,
      name: "local",
      provider: "local",
      settings: input.local,
      createdAt: ctx.now(),
    });
    await record(tx, ctx, {
      action: "access.set-up",
      noun: "access",
      nounId: organizationId,
      after: { administrator: userId, computeTarget: targetId, settings: input.local },
    });
    return { organizationId, userId };
  });
}
