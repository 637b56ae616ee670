import { job } from "@preceptor/db";
import { jobStatuses, type JobSummary, type ListJobs, type Page } from "@preceptor/domain";
import { inArray, sql, type SQL } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { decodeCursor, encodeCursor, likeText, pageOf, part } from "../cursor.ts";
import { reading } from "../transaction.ts";
import { selectSummaries, summaryOf } from "./view.ts";

/** A page of jobs, read along an index however many there are. */
export async function listJobs(
  ctx: Pick<ServiceContext, "db" | "caller">,
  input: ListJobs,
): Promise<Page<JobSummary>> {
  authorise(ctx.caller, "job:read");
  return reading(ctx, async (tx) => {
    const found = await tx.execute<{ id: string }>(pageQuery(ctx.caller.organizationId, input));
    const ids = found.map((row) => row.id);
    const rows = ids.length === 0 ? [] : await selectSummaries(tx).where(inArray(job.id, ids));
    const byId = new Map(rows.map((row) => [row.id, row]));
    const ordered = ids.flatMap((id) => byId.get(id) ?? []);
    return pageOf(
      ordered,
      input.limit,
      (row) => encodeCursor(input.sort === "name" ? row.name : row.createdAt.toISOString(), row.id),
      summaryOf,
    );
  });
}

/**
 * Ids of the page and one more. A set of statuses is one index walk each, merged: a single walk would read past every job of the
 * other statuses. The null orders spell the indexes' own, without which Postgres would not use them.
 */
export function pageQuery(organizationId: string, input: ListJobs): SQL {
  const key = input.sort === "name" ? sql`j.name` : sql`j.created_at`;
  const ascending = input.direction === "asc";
  // Two statements of one order: (created_at desc nulls last) walked forwards, or backwards.
  const way =
    input.sort === "name"
      ? ascending
        ? sql`asc`
        : sql`desc`
      : ascending
        ? sql`asc nulls first`
        : sql`desc nulls last`;
  const order = sql`${key} ${way}, j.id ${way}`;
  const where = conditions(organizationId, input, key, ascending);
  const few = [...new Set(input.status ?? [])];
  const walks: SQL[] =
    few.length === 0 || few.length === jobStatuses.length
      ? [where]
      : few.map((status) => sql`${where} and j.status = ${status}`);
  const parts = walks.map(
    (each) =>
      sql`(select j.id, j.name, j.created_at from job j where ${each} order by ${order} limit ${input.limit + 1})`,
  );
  return sql`select j.id from (${sql.join(parts, sql` union all `)}) j order by ${order} limit ${input.limit + 1}`;
}

function conditions(organizationId: string, input: ListJobs, key: SQL, ascending: boolean): SQL {
  const all = [sql`j.organization_id = ${organizationId}`];
  if (input.kind !== undefined && input.kind.length > 0)
    all.push(
      sql`j.kind in (${sql.join(
        input.kind.map((kind) => sql`${kind}`),
        sql`, `,
      )})`,
    );
  if (input.submittedBy !== undefined) all.push(sql`j.submitted_by = ${input.submittedBy}`);
  if (input.search) all.push(sql`j.name ilike ${likeText(input.search)}`);
  const after = decodeCursor(input.cursor, [
    input.sort === "name" ? part.text : part.instant,
    part.text,
  ]);
  if (after) {
    const last = input.sort === "name" ? sql`${after[0]}` : sql`${after[0]}::timestamptz`;
    const beyond = ascending ? sql`>` : sql`<`;
    all.push(sql`(${key}, j.id) ${beyond} (${last}, ${after[1]})`);
  }
  return sql.join(all, sql` and `);
}
