import { datasetUpload, strayObject } from "@preceptor/db";
import {
  strayGraceMs,
  type Amount,
  type RemovableCheckpoint,
  type RetentionOutlook,
} from "@preceptor/domain";
import { and, asc, count, eq, min, not, sum, type SQL } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { reading } from "../transaction.ts";
import { isExpired } from "./abandon-expired.ts";
import { isDue } from "./claim-strays.ts";
import { latelyRemoved } from "./lately.ts";
import { keepingJobs, removableOf } from "./removable.ts";

const shownJobs = 500;
const shownCheckpoints = 200;
const shownHeld = 50;

/** What a run would do now, and what waits or is held. Changes nothing, and does not ask the store. */
export async function showRetention(ctx: ServiceContext): Promise<RetentionOutlook> {
  authorise(ctx.caller, "retention:manage");
  return reading(ctx, async (tx) => {
    const jobs = await keepingJobs(tx, { after: "", limit: shownJobs });
    const checkpoints: RemovableCheckpoint[] = [];
    for (const jobId of jobs) {
      checkpoints.push(...(await removableOf(tx, jobId)));
      if (checkpoints.length > shownCheckpoints) break;
    }
    const [uploads] = await tx.select({ n: count() }).from(datasetUpload).where(isExpired(ctx));
    const { organizationId } = ctx.caller;
    const inState = (state: (typeof strayObject.$inferSelect)["state"]): SQL | undefined =>
      and(eq(strayObject.organizationId, organizationId), eq(strayObject.state, state));
    const due = isDue(ctx);
    const [oldest] = await tx
      .select({ at: min(strayObject.foundAt) })
      .from(strayObject)
      .where(due);
    const [first] = await tx
      .select({ at: min(strayObject.foundAt) })
      .from(strayObject)
      .where(and(inState("found"), due && not(due)));
    const held = await tx
      .select()
      .from(strayObject)
      .where(inState("held"))
      .orderBy(asc(strayObject.name))
      .limit(shownHeld);
    return {
      checkpoints: checkpoints.slice(0, shownCheckpoints),
      more: checkpoints.length > shownCheckpoints || jobs.length === shownJobs,
      expiredUploads: uploads?.n ?? 0,
      due: { ...(await amountOf(tx, due)), since: oldest?.at ?? null },
      waiting: {
        ...(await amountOf(tx, and(inState("found"), due && not(due)))),
        nextDueAt: first?.at ? new Date(first.at.getTime() + strayGraceMs) : null,
      },
      removing: await amountOf(tx, inState("removing")),
      held: held.map(({ name, sizeBytes, refusal, changedAt }) => ({
        name,
        sizeBytes,
        refusal: refusal ?? "no reason was kept",
        askedAt: changedAt,
      })),
      lately: await latelyRemoved(tx, ctx),
    };
  });
}

async function amountOf(tx: Transaction, where: SQL | undefined): Promise<Amount> {
  const [row] = await tx
    .select({ objects: count(), bytes: sum(strayObject.sizeBytes) })
    .from(strayObject)
    .where(where);
  return { objects: row?.objects ?? 0, bytes: Number(row?.bytes ?? 0) };
}
