import { computeTarget } from "@preceptor/db";
import type { ComputeTarget } from "@preceptor/domain";
import { asc } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { targetOf } from "./target.ts";

/** Every target, by name. What each has room for is asked one by one (`readCapacity`): a silent one holds up no other. */
export async function listComputeTargets(
  ctx: Pick<ServiceContext, "db" | "caller">,
): Promise<ComputeTarget[]> {
  authorise(ctx.caller, "compute-target:read");
  const rows = await reading(ctx, (tx) =>
    tx.select().from(computeTarget).orderBy(asc(computeTarget.name)),
  );
  return rows.map(targetOf);
}
