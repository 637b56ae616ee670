import { sql } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";

/** Which of these digests something refers to: everything there is that names bytes of an organization stands here. */
export async function referredAmong(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller">,
  sha256s: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sha256s.length === 0) return new Set();
  const { organizationId } = ctx.caller;
  const rows = await tx.execute<{ sha256: string }>(sql`
    with asked as (select jsonb_array_elements_text(${JSON.stringify(sha256s)}::jsonb) as sha256),
    named as (
      select f->>'sha256' as sha256 from checkpoint c, jsonb_array_elements(c.files) f where c.organization_id = ${organizationId} and c.state = 'committed'
      union all select f->>'sha256' from model_version m, jsonb_array_elements(m.files) f where m.organization_id = ${organizationId}
      union all select f->>'sha256' from recipe r, jsonb_array_elements(r.files) f where r.organization_id = ${organizationId}
      union all select f->>'sha256' from job j, jsonb_array_elements(j.spec->'code'->'files') f where j.organization_id = ${organizationId}
      union all select f->>'sha256' from dataset_upload u, jsonb_array_elements(u.request->'files') f where u.organization_id = ${organizationId} and u.status = 'open'
      union all select d.sha256 from dataset_file d where d.organization_id = ${organizationId}
    )
    select distinct sha256 from named where sha256 in (select sha256 from asked)`);
  return new Set(rows.map((row) => row.sha256));
}

/** The digest in an object's name; null for what is not named by its digest, which no sweep touches. */
export const sha256In = (name: string): string | null =>
  /\/blob\/[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(name)?.[1] ?? null;
