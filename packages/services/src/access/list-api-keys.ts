import { apikey } from "@preceptor/db";
import type { ApiKey } from "@preceptor/domain";
import { desc, eq } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { authorise } from "./authorise.ts";

/** The organization's keys without their secrets, newest first. */
export async function listApiKeys(ctx: ServiceContext): Promise<ApiKey[]> {
  authorise(ctx.caller, "access:read");
  const rows = await reading(ctx, (tx) =>
    tx
      .select()
      .from(apikey)
      .where(eq(apikey.referenceId, ctx.caller.organizationId))
      .orderBy(desc(apikey.createdAt), desc(apikey.id)),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? "",
    start: row.start,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastRequest,
    enabled: row.enabled ?? false,
  }));
}
