import type { CapacityReader } from "@preceptor/compute";
import { computeTarget } from "@preceptor/db";
import type { ComputeTarget } from "@preceptor/domain";
import { asc } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ProviderContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { targetOf } from "./define.ts";

export type Capacity = Awaited<ReturnType<CapacityReader["capacity"]>>;

/** Every target with what its provider says is there now; null where the provider does not say or does not answer. */
export async function listComputeTargets(
  ctx: Pick<ProviderContext, "db" | "caller" | "compute" | "log">,
): Promise<(ComputeTarget & { capacity: Capacity | null })[]> {
  authorise(ctx.caller, "compute-target:read");
  const rows = await reading(ctx, (tx) =>
    tx.select().from(computeTarget).orderBy(asc(computeTarget.name)),
  );
  return Promise.all(
    rows.map(async (row) => ({ ...targetOf(row), capacity: await capacityOf(ctx, row.provider) })),
  );
}

async function capacityOf(
  ctx: Pick<ProviderContext, "compute" | "log">,
  provider: string,
): Promise<Capacity | null> {
  try {
    return (await ctx.compute.get(provider)?.capabilities.capacity?.capacity()) ?? null;
  } catch (error) {
    ctx.log.warn({ provider, error }, "capacity could not be read");
    return null;
  }
}
