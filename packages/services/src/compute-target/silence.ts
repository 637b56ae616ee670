import { sql } from "drizzle-orm";
import type { Transaction } from "../context.ts";

/** A target that says nothing of any of its attempts: it cannot be reached, or the server's credential for it lapsed. */
export interface TargetSilence {
  readonly since: Date;
  /** Attempts that may be going on there. */
  readonly attempts: number;
  /** What reaching it came to. */
  readonly message: string | null;
}
/** One missed look is no outage. */
const silentMs = 60_000;

/** Of all targets of the organization, or of one; by name. */
export async function silentTargets(
  tx: Transaction,
  now: Date,
  targetId?: string,
): Promise<ReadonlyMap<string, TargetSilence>> {
  const before = new Date(now.getTime() - silentMs).toISOString();
  const rows = await tx.execute<{
    name: string;
    since: string;
    attempts: number;
    message: string | null;
  }>(sql`
    select t.name, count(*)::int as attempts,
      to_char(max(coalesce(a.last_observed_at, a.created_at)) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since,
      (array_agg(j.message order by j.created_at desc) filter (where j.status in ('unknown', 'cancelling') and j.message is not null and a.status <> 'fenced'))[1] as message
    from job j
    join attempt a on a.job_id = j.id and a.number = j.attempt_count and a.handle is not null
    join compute_target t on t.id = j.compute_target_id
    where j.status in ('starting', 'running', 'unknown', 'cancelling')
      ${targetId === undefined ? sql`` : sql`and t.id = ${targetId}`}
    group by t.name
    having max(coalesce(a.last_observed_at, a.created_at)) < ${before}::timestamptz and bool_or(j.status in ('unknown', 'cancelling'))
    order by t.name`);
  return new Map(
    [...rows].map(({ name, since, attempts, message }) => [
      name,
      { since: new Date(since), attempts, message },
    ]),
  );
}
