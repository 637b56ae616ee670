import { checkpoint, job } from "@preceptor/db";
import { DomainError, type Checkpoint } from "@preceptor/domain";
import { asc, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { checkpointOf } from "./view.ts";

/** A job's checkpoints in the order they were made, the refused ones with their reason. */
export async function listCheckpoints(
  ctx: ServiceContext,
  input: { jobId: string },
): Promise<Checkpoint[]> {
  authorise(ctx.caller, "checkpoint:read");
  return reading(ctx, async (tx) => {
    const [owner] = await tx.select({ name: job.name }).from(job).where(eq(job.id, input.jobId));
    if (!owner) throw new DomainError("not-found", "There is no such job in your organization.");
    const rows = await tx
      .select()
      .from(checkpoint)
      .where(eq(checkpoint.jobId, input.jobId))
      .orderBy(asc(checkpoint.createdAt), asc(checkpoint.id));
    return rows.map((row) => checkpointOf(row, owner.name));
  });
}
