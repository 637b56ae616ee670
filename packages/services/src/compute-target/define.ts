import { computeTarget, deployment, job } from "@preceptor/db";
import {
  activeJobStatuses,
  DefineComputeTarget,
  DomainError,
  placeOf,
  type ComputeTarget,
  type ComputeTargetSettings,
} from "@preceptor/domain";
import { and, count, eq, inArray, notInArray } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { transaction } from "../transaction.ts";
import { named, targetOf } from "./target.ts";

/** Connects a place jobs run, or changes the settings of one. Its provider never changes: jobs of the past ran there. */
export async function defineComputeTarget(
  ctx: ServiceContext,
  input: DefineComputeTarget,
): Promise<ComputeTarget> {
  authorise(ctx.caller, "compute-target:manage");
  const wanted = DefineComputeTarget.parse(input);
  return transaction(ctx, async (tx) => {
    const { organizationId } = ctx.caller;
    const mine = named(organizationId, wanted.name);
    const [before] = await tx.select().from(computeTarget).where(mine).for("update");
    if (before && before.provider !== wanted.provider)
      throw new DomainError(
        "conflict",
        `${wanted.name} is a ${before.provider} target already; choose another name.`,
        { field: "provider" },
      );
    if (before) await assertMayMove(tx, before, wanted.settings);
    const [after] = before
      ? await tx.update(computeTarget).set({ settings: wanted.settings }).where(mine).returning()
      : await tx
          .insert(computeTarget)
          .values({
            id: ctx.newId("computeTarget"),
            organizationId,
            ...wanted,
            createdAt: ctx.now(),
          })
          .onConflictDoNothing()
          .returning();
    if (!after)
      throw new DomainError(
        "conflict",
        `${wanted.name} was defined a moment ago by somebody else. Look at it and try again.`,
        { field: "name" },
      );
    await record(tx, ctx, {
      action: "compute-target.define",
      noun: "compute-target",
      nounId: after.id,
      before: before?.settings,
      after: after.settings,
    });
    return targetOf(after);
  });
}

/** An attempt under way, like a model that is served, is found again where it was started: the place stays as long as there is one. */
async function assertMayMove(
  tx: Transaction,
  before: typeof computeTarget.$inferSelect,
  wanted: ComputeTargetSettings,
): Promise<void> {
  if (String(placeOf(before.settings)) === String(placeOf(wanted))) return;
  const [jobs] = await tx
    .select({ n: count() })
    .from(job)
    .where(and(eq(job.computeTargetId, before.id), inArray(job.status, [...activeJobStatuses])));
  const [served] = await tx
    .select({ n: count() })
    .from(deployment)
    .where(
      and(
        eq(deployment.computeTargetId, before.id),
        notInArray(deployment.status, ["stopped", "failed"]),
      ),
    );
  const [underWay, answering] = [jobs?.n ?? 0, served?.n ?? 0];
  if (underWay + answering === 0) return;
  throw new DomainError(
    "conflict",
    `${before.name} cannot move to another place now: jobs under way there: ${underWay}, models served from there: ${answering}. Wait until there are none, or define a target of another name.`,
    { field: "settings" },
  );
}
