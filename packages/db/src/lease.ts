import { sql } from "drizzle-orm";
import type { Transaction } from "./connect.ts";

/** Tables whose rows are work: they carry dueAt and the lease's columns. */
export const leasedTables = {
  job: sql.raw(`"job"`),
  deployment: sql.raw(`"deployment"`),
} as const;
export type LeasedNoun = keyof typeof leasedTables;

/** Rows in these statuses are never due; the partial indexes `<noun>_due` leave them out. */
const done: Record<LeasedNoun, ReturnType<typeof sql.raw>> = {
  job: sql.raw(`'succeeded', 'failed', 'cancelled'`),
  deployment: sql.raw(`'stopped', 'failed'`),
};

/** In these a look at a job asks its target about the attempt. */
const underWay = sql.raw(`status in ('starting', 'running', 'unknown', 'cancelling')`);

export interface Lease {
  readonly noun: LeasedNoun;
  readonly id: string;
  readonly organizationId: string;
  /** Grows with every claim: a write that names a smaller one comes from a holder whose time is over. */
  readonly token: number;
}
export interface ClaimOptions {
  readonly owner: string;
  readonly limit: number;
  readonly leaseMs: number;
  /** Targets whose attempts under way another process looks after. */
  readonly exceptTargets?: readonly string[];
}

/**
 * Takes rows that are due and held by nobody, oldest first; two claimers never get the same row. All times are the database's
 * clock. `due_at` moves to the lease's end, so that whoever sets it to now meanwhile (a poke) is not forgotten at release.
 */
export async function claimDue(
  tx: Transaction,
  noun: LeasedNoun,
  { owner, limit, leaseMs, exceptTargets = [] }: ClaimOptions,
): Promise<Lease[]> {
  const table = leasedTables[noun];
  const rows = await tx.execute<{ id: string; organization_id: string; lease_token: number }>(sql`
    update ${table} set
      lease_token = lease_token + 1,
      lease_owner = ${owner},
      lease_expires_at = ${fromNow(leaseMs)},
      due_at = ${fromNow(leaseMs)}
    where id in (
      select id from ${table}
      where due_at <= now() and status not in (${done[noun]})
        and (lease_expires_at is null or lease_expires_at <= now())
        ${noun === "job" && exceptTargets.length > 0 ? sql`and not (${underWay} and compute_target_id in ${[...exceptTargets]})` : sql``}
      order by due_at limit ${limit}
      for update skip locked
    )
    returning id, organization_id, lease_token`);
  return rows.map((row) => ({
    noun,
    id: row.id,
    organizationId: row.organization_id,
    token: row.lease_token,
  }));
}

/** False when somebody else holds the row by now: the holder must stop at once. */
export async function renewLease(tx: Transaction, lease: Lease, leaseMs: number): Promise<boolean> {
  const rows = await tx.execute(sql`
    update ${leasedTables[lease.noun]} set
      lease_expires_at = ${fromNow(leaseMs)},
      due_at = case when due_at = lease_expires_at then ${fromNow(leaseMs)} else due_at end
    where id = ${lease.id} and lease_token = ${lease.token} and lease_expires_at > now()
    returning id`);
  return rows.length === 1;
}

/** Lets go of the row and says when it is due again; a poke that came meanwhile makes it due at once. */
export async function releaseLease(tx: Transaction, lease: Lease, dueInMs: number): Promise<void> {
  await tx.execute(sql`
    update ${leasedTables[lease.noun]} set
      due_at = case when due_at < lease_expires_at then due_at else ${fromNow(dueInMs)} end,
      lease_owner = null,
      lease_expires_at = null
    where id = ${lease.id} and lease_token = ${lease.token}`);
}

const fromNow = (ms: number) =>
  sql`date_trunc('milliseconds', now()) + make_interval(secs => ${ms / 1000}::float8)`;
