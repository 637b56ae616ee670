import type { JobStatus } from "@preceptor/domain";
import { sql } from "drizzle-orm";
import { authoriseSystem } from "../../access/authorise.ts";
import type { ServiceContext, Transaction } from "../../context.ts";
import { wakeWorker } from "../../notify.ts";
import { transaction } from "../../transaction.ts";

/** What was decided on: a job that is no longer so, or that somebody holds by now, is not written to. */
export interface Surveyed {
  readonly jobId: string;
  readonly attemptId: string;
  readonly status: JobStatus;
}
export interface Confirmed extends Surveyed {
  readonly heardAt: Date;
}
/** Rows of one statement: locks are held for a moment, also of ten thousand. */
const batch = 2000;

/** Writes down that the confirmed were heard, and makes the changed due at once. Decides nothing; says how many rows each came to. */
export async function applySurvey(
  ctx: Pick<ServiceContext, "db" | "caller">,
  input: { readonly confirmed: readonly Confirmed[]; readonly changed: readonly Surveyed[] },
): Promise<{ readonly confirmed: number; readonly changed: number }> {
  authoriseSystem(ctx.caller);
  let [confirmed, changed] = [0, 0];
  // oxlint-disable-next-line preceptor/transaction-is-guarded -- nothing but when it was heard, no change of state
  for (const rows of batches(input.confirmed)) confirmed += await transaction(ctx, hear(rows));
  // oxlint-disable-next-line preceptor/transaction-is-guarded -- only when it is looked at; the look itself is recorded
  for (const rows of batches(input.changed)) changed += await transaction(ctx, makeDue(rows));
  return { confirmed, changed };
}

const batches = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / batch) }, (_, n) =>
    rows.slice(n * batch, (n + 1) * batch),
  );

/**
 * The attempt's own row is guarded to the end; its job's status and lease as of this statement. Whoever claims the job in that moment
 * looks by itself, and reads that the attempt was heard when it was heard.
 */
const hear = (rows: readonly Confirmed[]) => async (tx: Transaction) => {
  const updated = await tx.execute(sql`
    update attempt set last_observed_at = seen."heardAt"
    from job, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as seen("jobId" text, "attemptId" text, status text, "heardAt" timestamptz)
    where job.id = seen."jobId" and ${asDecidedOn}
      and attempt.id = seen."attemptId" and attempt.job_id = job.id and attempt.number = job.attempt_count
      and attempt.status in ('starting', 'running', 'unknown')
      and (attempt.last_observed_at is null or attempt.last_observed_at < seen."heardAt")`);
  return updated.count;
};

/** Ahead of all that are merely due: a worker behind its time takes what has changed first. */
const makeDue = (rows: readonly Surveyed[]) => async (tx: Transaction) => {
  const updated = await tx.execute(sql`
    update job set due_at = now() - interval '1 day'
    from attempt, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as seen("jobId" text, "attemptId" text, status text)
    where job.id = seen."jobId" and ${asDecidedOn}
      and attempt.id = seen."attemptId" and attempt.job_id = job.id and attempt.number = job.attempt_count`);
  if (updated.count > 0) await wakeWorker(tx);
  return updated.count;
};

const asDecidedOn = sql`job.status = seen.status
  and (job.lease_expires_at is null or job.lease_expires_at <= now())`;
