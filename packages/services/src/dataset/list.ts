import { dataset } from "@preceptor/db";
import { ListDatasets, type DatasetSummary, type Page, type Permit } from "@preceptor/domain";
import { and, desc, ilike, or, sql } from "drizzle-orm";
import type { z } from "zod";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { decodeCursor, encodeCursor, likeText, pageOf, part } from "../cursor.ts";
import { reading } from "../transaction.ts";

/** Newest first. */
export async function listDatasets(
  ctx: ServiceContext,
  input: z.input<typeof ListDatasets>,
): Promise<Page<DatasetSummary>> {
  authorise(ctx.caller, "dataset:read");
  const { cursor, limit, search } = ListDatasets.parse(input);
  const after = decodeCursor(cursor, [part.instant, part.text]);
  return reading(ctx, async (tx) => {
    const newest = sql`(select v.version, v.size_bytes, v.permit, (select sum(f.rows)::int from dataset_file f where f.dataset_version_id = v.id) as rows, count(*) over () as versions from dataset_version v where v.dataset_id = ${dataset.id} order by v.version desc limit 1)`;
    const rows = await tx
      .select({
        row: dataset,
        newest: sql<{
          version: number;
          size_bytes: number;
          permit: Permit;
          rows: number | null;
          versions: number;
        } | null>`(select to_jsonb(n) from ${newest} n)`,
      })
      .from(dataset)
      .where(
        and(
          after
            ? sql`(${dataset.createdAt}, ${dataset.id}) < (${after[0]}::timestamptz, ${after[1]})`
            : undefined,
          search
            ? or(ilike(dataset.name, likeText(search)), ilike(dataset.title, likeText(search)))
            : undefined,
        ),
      )
      .orderBy(desc(dataset.createdAt), desc(dataset.id))
      .limit(limit + 1);
    return pageOf(
      rows,
      limit,
      ({ row }) => encodeCursor(row.createdAt.toISOString(), row.id),
      ({ row, newest: n }) => ({
        id: row.id,
        name: row.name,
        title: row.title,
        latestVersion: n?.version ?? null,
        versions: n?.versions ?? 0,
        sizeBytes: n?.size_bytes ?? 0,
        rows: n?.rows ?? null,
        deIdentification: n?.permit.deIdentification ?? null,
        createdAt: row.createdAt,
      }),
    );
  });
}
