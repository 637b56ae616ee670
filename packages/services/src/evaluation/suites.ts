import { evaluationSuite } from "@preceptor/db";
import type { EvaluationSuite } from "@preceptor/domain";
import { asc, desc } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { showSuite } from "./suite.ts";

/** Every version of every suite: by name, newest version first. */
export async function listSuites(ctx: ServiceContext): Promise<EvaluationSuite[]> {
  authorise(ctx.caller, "evaluation:read");
  return reading(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(evaluationSuite)
      .orderBy(asc(evaluationSuite.name), desc(evaluationSuite.version));
    return rows.map(showSuite);
  });
}
