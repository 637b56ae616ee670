import { createHash, randomBytes } from "node:crypto";
import { apikey } from "@preceptor/db";
import type { CreateApiKey } from "@preceptor/domain";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { authorise } from "./authorise.ts";

const PREFIX = "pk_";
const DAY_MS = 24 * 3600 * 1000;

/** As better-auth hashes its keys: sha256 in base64url without padding. */
export const hashOfApiKey = (key: string): string =>
  createHash("sha256").update(key).digest("base64url");

/** A key of the organization with which programs call served models. The key itself is in this answer and nowhere else. */
export async function createApiKey(
  ctx: ServiceContext,
  input: CreateApiKey,
): Promise<{ id: string; key: string }> {
  authorise(ctx.caller, "access:manage");
  const key = PREFIX + randomBytes(32).toString("base64url");
  const id = ctx.newId("user");
  const now = ctx.now();
  return transaction(ctx, async (tx) => {
    await tx.insert(apikey).values({
      id,
      name: input.name,
      start: key.slice(0, PREFIX.length + 5),
      prefix: PREFIX,
      referenceId: ctx.caller.organizationId,
      key: hashOfApiKey(key),
      rateLimitEnabled: false,
      expiresAt:
        input.expiresInDays === undefined
          ? null
          : new Date(now.getTime() + input.expiresInDays * DAY_MS),
      createdAt: now,
      updatedAt: now,
    });
    await record(tx, ctx, {
      action: "access.create-api-key",
      noun: "access",
      nounId: id,
      after: { name: input.name },
    });
    return { id, key };
  });
}
