import { sql } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { likeText } from "../cursor.ts";
import { reading } from "../transaction.ts";

export interface Found {
  readonly kind: "job" | "dataset" | "model" | "promotion" | "deployment";
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** Path of its page in the admin UI. */
  readonly href: string;
}

/** Finds by part of a name, or by an exact id; up to six of each noun, newest first. */
export async function findAnything(ctx: ServiceContext, input: { text: string }): Promise<Found[]> {
  authorise(ctx.caller, "job:read");
  const text = input.text.trim().slice(0, 100);
  if (text.length === 0) return [];
  const like = likeText(text);
  const rows = await reading(ctx, (tx) =>
    tx.execute<{
      kind: Found["kind"];
      id: string;
      label: string;
      detail: string;
      href: string;
    }>(sql`
      (select 'job' as kind, id, name as label, kind || ', ' || status as detail, '/jobs/' || id as href from job where name ilike ${like} or id = ${text} order by created_at desc limit 6)
      union all (select 'dataset', id, name, title, '/datasets/' || name from dataset where name ilike ${like} or title ilike ${like} or id = ${text} order by created_at desc limit 6)
      union all (select 'model', id, name, 'model', '/models/' || name from model where name ilike ${like} or id = ${text} order by created_at desc limit 6)
      union all (select 'promotion', id, purpose, stage || ', ' || status, '/promotions/' || id from promotion where purpose ilike ${like} or id = ${text} order by requested_at desc limit 6)
      union all (select 'deployment', id, purpose, stage || ', ' || status, '/deployments/' || id from deployment where purpose ilike ${like} or id = ${text} order by created_at desc limit 6)`),
  );
  return [...rows];
}
