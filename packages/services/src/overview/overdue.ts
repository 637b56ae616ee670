import { mayDo, type Caller } from "@preceptor/domain";
import { sql } from "drizzle-orm";
import { silentTargets } from "../compute-target/silence.ts";
import type { Transaction } from "../context.ts";

export interface Called {
  readonly kind: "compute-target" | "job";
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

/**
 * What goes on for longer than it may, and only a person can end: a target that says nothing, an attempt that does not stop. Operators are
 * called for all of it; whoever submitted a job for theirs.
 */
export async function overdueFor(
  tx: Transaction,
  caller: Caller & { kind: "member" },
  now: Date,
): Promise<Called[]> {
  const isOperator = mayDo(caller.roles, "compute-target:manage");
  const targets = isOperator ? [...(await silentTargets(tx, now))] : [];
  const jobs = await tx.execute<{ id: string; title: string; detail: string }>(sql`
    select j.id, j.name as title, coalesce(j.message, 'goes on for longer than it may') as detail
    from job j join attempt a on a.job_id = j.id and a.number = j.attempt_count
    where j.status in ('starting', 'running', 'unknown', 'cancelling')
      and (a.handle->'data'->>'overdue' is not null or (a.status = 'fenced' and a.ended_at is null))
      ${isOperator ? sql`` : sql`and j.submitted_by = ${caller.userId}`}
    order by j.created_at desc limit 20`);
  return [
    ...targets.map(([name, { since, attempts, message }]) => ({
      kind: "compute-target" as const,
      id: name,
      title: name,
      detail:
        `Nothing was heard of its ${attempts === 1 ? "attempt" : `${attempts} attempts`} since ${minuteOf(since)}. ${message ?? ""}`.trim(),
    })),
    ...[...jobs].map((row) => ({ kind: "job" as const, ...row })),
  ];
}

const minuteOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
