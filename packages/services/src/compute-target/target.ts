import type { ComputeProvider } from "@preceptor/compute";
import { computeTarget } from "@preceptor/db";
import { DomainError, type ComputeTarget } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import type { ProviderContext, Transaction } from "../context.ts";
import { reading } from "../transaction.ts";

export type ReachContext = Pick<ProviderContext, "db" | "caller" | "compute" | "log">;

export const targetOf = ({
  id,
  name,
  provider,
  settings,
  createdAt,
}: typeof computeTarget.$inferSelect): ComputeTarget => ({
  id,
  name,
  provider,
  settings,
  createdAt,
});

export const named = (organizationId: string, name: string) =>
  and(eq(computeTarget.organizationId, organizationId), eq(computeTarget.name, name));

export async function loadTarget(
  tx: Transaction,
  organizationId: string,
  name: string,
): Promise<ComputeTarget> {
  const [row] = await tx.select().from(computeTarget).where(named(organizationId, name));
  if (!row)
    throw new DomainError("not-found", `There is no compute target called ${name}.`, {
      field: "target",
    });
  return targetOf(row);
}

/** A target and the object that reaches it; `unavailable` where this process cannot. */
export async function reachTarget(
  ctx: ReachContext,
  name: string,
): Promise<{ target: ComputeTarget; provider: ComputeProvider }> {
  const target = await reading(ctx, (tx) => loadTarget(tx, ctx.caller.organizationId, name));
  return { target, provider: await ctx.compute.forTarget(target) };
}
