import { computeTarget } from "@preceptor/db";
import { DefineComputeTarget, DomainError, type ComputeTarget } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";

/** Connects a place jobs run, or changes the settings of one. Its provider never changes: jobs of the past ran there. */
export async function defineComputeTarget(
  ctx: ServiceContext,
  input: DefineComputeTarget,
): Promise<ComputeTarget> {
  authorise(ctx.caller, "compute-target:manage");
  const wanted = DefineComputeTarget.parse(input);
  return transaction(ctx, async (tx) => {
    const { organizationId } = ctx.caller;
    const mine = and(
      eq(computeTarget.organizationId, organizationId),
      eq(computeTarget.name, wanted.name),
    );
    const [before] = await tx.select().from(computeTarget).where(mine).for("update");
    if (before && before.provider !== wanted.provider)
      throw new DomainError(
        "conflict",
        `${wanted.name} is a ${before.provider} target already; choose another name.`,
        { field: "provider" },
      );
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

export const targetOf = ({
  organizationId: _,
  ...row
}: typeof computeTarget.$inferSelect): ComputeTarget => row;
