import { checkpoint, strayObject } from "@preceptor/db";
import type { Amount } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { and, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { referredAmong } from "./referred.ts";
import { removableOf } from "./removable.ts";

/**
 * Marks what the job does not keep as removed: from here on nobody is resumed from it and no model made of it. The row stays, with its
 * digest, its list of files and why it went. No byte goes yet: files nothing else refers to begin their time of grace.
 */
export async function removeCheckpoints(
  ctx: ServiceContext,
  input: { jobId: string },
): Promise<Amount> {
  authorise(ctx.caller, "retention:manage");
  return transaction(ctx, async (tx) => {
    const removable = await removableOf(tx, input.jobId, { lock: true });
    let bytes = 0;
    for (const { id, jobId, jobName, name, step, reason } of removable) {
      const [row] = await tx
        .update(checkpoint)
        .set({ state: "removed", removal: reason, removedAt: ctx.now() })
        .where(and(eq(checkpoint.id, id), eq(checkpoint.state, "committed")))
        .returning();
      if (!row) continue;
      bytes += row.sizeBytes;
      await noteStrays(tx, ctx, row.files);
      await record(tx, ctx, {
        action: "checkpoint.remove",
        noun: "checkpoint",
        nounId: id,
        before: { state: "committed" },
        after: { state: "removed", job: jobId, jobName, name, step, reason },
        evidence: row.digest,
      });
    }
    if (removable.length > 0) await tellChanged(tx, ctx.caller.organizationId, "job", input.jobId);
    return { objects: removable.length, bytes };
  });
}

/** Writes down which of these nothing refers to any more; what is known already keeps its time. */
export async function noteStrays(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller" | "now">,
  files: readonly { readonly sha256: string; readonly sizeBytes: number }[],
): Promise<Amount> {
  const { organizationId } = ctx.caller;
  const bySha256 = new Map(files.map((file) => [file.sha256, file.sizeBytes]));
  const referred = await referredAmong(tx, ctx, [...bySha256.keys()]);
  const strays = [...bySha256].filter(([sha256]) => !referred.has(sha256));
  if (strays.length === 0) return { objects: 0, bytes: 0 };
  const at = ctx.now();
  const values = strays.map(([sha256, sizeBytes]) => ({
    organizationId,
    name: blobName(organizationId, sha256),
    sizeBytes,
    state: "found" as const,
    foundAt: at,
    changedAt: at,
  }));
  const made = await tx
    .insert(strayObject)
    .values(values)
    .onConflictDoNothing()
    .returning({ sizeBytes: strayObject.sizeBytes });
  return { objects: made.length, bytes: made.reduce((sum, row) => sum + row.sizeBytes, 0) };
}
