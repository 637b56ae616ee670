import { apikey } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { authorise } from "./authorise.ts";

/** Stops a key for good; it stays in the list. Revoking it again succeeds. */
export async function revokeApiKey(ctx: ServiceContext, input: { id: string }): Promise<void> {
  authorise(ctx.caller, "access:manage");
  await transaction(ctx, async (tx) => {
    const rows = await tx
      .update(apikey)
      .set({ enabled: false, updatedAt: ctx.now() })
      .where(and(eq(apikey.id, input.id), eq(apikey.referenceId, ctx.caller.organizationId)))
      .returning({ id: apikey.id });
    if (rows.length === 0)
      throw new DomainError("not-found", "There is no such key.", { field: "id" });
    await record(tx, ctx, { action: "access.revoke-api-key", noun: "access", nounId: input.id });
  });
}
