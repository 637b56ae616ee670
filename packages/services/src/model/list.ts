import { deployment, model, modelVersion } from "@preceptor/db";
import type { ListModels, ModelSummary, Page } from "@preceptor/domain";
import { and, desc, ilike, sql } from "drizzle-orm";
import type { z } from "zod";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { likeText } from "../cursor.ts";
import { newestFirst, olderThan } from "../newest-first.ts";
import { reading } from "../transaction.ts";

/** Models, newest first. */
export async function listModels(
  ctx: ServiceContext,
  input: z.infer<typeof ListModels>,
): Promise<Page<ModelSummary>> {
  authorise(ctx.caller, "model:read");
  return reading(ctx, async (tx) => {
    const ofModel = sql`from ${modelVersion} v where v.model_id = ${model}.id`;
    const rows = await tx
      .select({
        id: model.id,
        name: model.name,
        latestVersion: sql<number>`(select coalesce(max(v.version), 0) ${ofModel})`.mapWith(Number),
        versions: sql<number>`(select count(*) ${ofModel})`.mapWith(Number),
        servingPurposes: sql<string[]>`array(
          select d.purpose from ${deployment} d
          where d.routed and d.model_version_id in (select v.id ${ofModel}) order by d.purpose)`,
        createdAt: model.createdAt,
      })
      .from(model)
      .where(
        and(
          input.search === undefined ? undefined : ilike(model.name, likeText(input.search)),
          olderThan(input.cursor, model.createdAt, model.id),
        ),
      )
      .orderBy(desc(model.createdAt), desc(model.id))
      .limit(input.limit + 1);
    return newestFirst(
      rows,
      input.limit,
      (row) => ({ at: row.createdAt, id: row.id }),
      (row) => row,
    );
  });
}
