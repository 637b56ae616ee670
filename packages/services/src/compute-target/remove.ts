import { computeTarget, deployment, job } from "@preceptor/db";
import { DomainError, type TargetName } from "@preceptor/domain";
import { count, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { transaction } from "../transaction.ts";
import { named } from "./target.ts";

/** Forgets a target nothing ever ran on. What runs at the provider is not touched. */
export async function removeComputeTarget(
  ctx: ServiceContext,
  { target: name }: TargetName,
): Promise<void> {
  authorise(ctx.caller, "compute-target:manage");
  return transaction(ctx, async (tx) => {
    const mine = named(ctx.caller.organizationId, name);
    // Held for update, so that no job can name it until this is over; the foreign keys would refuse it besides.
    const [row] = await tx.select().from(computeTarget).where(mine).for("update");
    if (!row)
      throw new DomainError("not-found", `There is no compute target called ${name}.`, {
        field: "target",
      });
    const uses = await usesOf(tx, row.id);
    if (uses !== "")
      throw new DomainError(
        "conflict",
        `${name} is named by ${uses}, whose history would be lost. It stays; nothing has to use it.`,
        { field: "target" },
      );
    await tx.delete(computeTarget).where(mine);
    await record(tx, ctx, {
      action: "compute-target.remove",
      noun: "compute-target",
      nounId: row.id,
      before: row.settings,
    });
  });
}

async function usesOf(tx: Transaction, targetId: string): Promise<string> {
  const [jobs] = await tx.select({ n: count() }).from(job).where(eq(job.computeTargetId, targetId));
  const [served] = await tx
    .select({ n: count() })
    .from(deployment)
    .where(eq(deployment.computeTargetId, targetId));
  return [[jobs?.n ?? 0, "job"] as const, [served?.n ?? 0, "deployment"] as const]
    .filter(([n]) => n > 0)
    .map(([n, noun]) => `${n} ${noun}${n === 1 ? "" : "s"}`)
    .join(" and ");
}
