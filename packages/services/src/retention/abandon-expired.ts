import { datasetUpload } from "@preceptor/db";
import { strayGraceMs } from "@preceptor/domain";
import { and, eq, inArray, lte } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";

/** Ends uploads nobody can go on with any more, so that their bytes may go. How many they were; `limit` at most. */
export async function abandonExpiredUploads(
  ctx: ServiceContext,
  input: { limit: number },
): Promise<number> {
  authorise(ctx.caller, "retention:manage");
  return transaction(ctx, async (tx) => {
    const expired = await tx
      .select({ id: datasetUpload.id })
      .from(datasetUpload)
      .where(isExpired(ctx))
      .orderBy(datasetUpload.expiresAt)
      .limit(input.limit)
      .for("update", { skipLocked: true });
    if (expired.length === 0) return 0;
    const ids = expired.map(({ id }) => id);
    await tx
      .update(datasetUpload)
      .set({ status: "abandoned" })
      .where(and(inArray(datasetUpload.id, ids), eq(datasetUpload.status, "open")));
    for (const nounId of ids)
      await record(tx, ctx, { action: "dataset.abandon-upload", noun: "upload", nounId });
    return ids.length;
  });
}

/** A while after its end, so that whoever was finishing it then has come to an end as well. */
export const isExpired = (ctx: Pick<ServiceContext, "now" | "caller">) =>
  and(
    eq(datasetUpload.organizationId, ctx.caller.organizationId),
    eq(datasetUpload.status, "open"),
    lte(datasetUpload.expiresAt, new Date(ctx.now().getTime() - strayGraceMs)),
  );
