import { policy } from "@preceptor/db";
import type { Policy } from "@preceptor/domain";
import { asc, desc } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { showPolicy } from "./policy.ts";

/** Every version of every policy: by name, newest version first. */
export async function listPolicies(ctx: ServiceContext): Promise<Policy[]> {
  authorise(ctx.caller, "promotion:read");
  return reading(ctx, async (tx) => {
    const rows = await tx.select().from(policy).orderBy(asc(policy.name), desc(policy.version));
    return rows.map(showPolicy);
  });
}
