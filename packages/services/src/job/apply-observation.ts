import { attempt, job } from "@preceptor/db";
import {
  isHeard,
  isTerminal,
  transition,
  type AttemptObservation,
  type AttemptProcess,
  type JobMove,
  type JobStatus,
} from "@preceptor/domain";
import { and, eq, sql } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import type { Lease } from "../lease.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { endJob } from "./end-job.ts";
import { expiryOfRunning } from "./token-life.ts";

const processesIn = (seen: AttemptObservation): readonly AttemptProcess[] | null =>
  "processes" in seen ? seen.processes : null;

/**
 * Writes down what was seen of an attempt and the move decided from it. Guarded by the lease's token and the status the decision
 * was made for; null when either is another by now, and then nothing is written.
 */
export async function applyObservation(
  ctx: ServiceContext,
  input: {
    lease: Lease;
    from: JobStatus;
    attemptId: string;
    seen: AttemptObservation;
    move: JobMove | null;
    /** Shown while it waits, e.g. which package is being installed. */
    message?: string | undefined;
  },
): Promise<JobStatus | null> {
  authoriseSystem(ctx.caller);
  return transaction(ctx, async (tx) => {
    const next = input.move ? transition(input.from, input.move.event) : input.from;
    if (next === "refused") return null;
    const now = ctx.now();
    const held = and(
      eq(job.id, input.lease.id),
      eq(job.leaseToken, input.lease.token),
      eq(job.status, input.from),
    );
    const [row] = await tx.select().from(job).where(held).for("update");
    if (!row) return null;
    if (input.move !== null || (input.message !== undefined && input.message !== row.message)) {
      await tx
        .update(job)
        .set(jobChange(input, next, now))
        .where(held);
      await tellChanged(tx, row.organizationId, "job", row.id);
    }
    if (await isNewlyOverdue(tx, input))
      await record(tx, ctx, {
        action: "job.overdue",
        noun: "job",
        nounId: row.id,
        after: { attempt: input.attemptId, message: input.message ?? null },
      });
    await updateAttempt(tx, row, input, now);
    if (input.move?.attempt === "fenced" && !isOver(input.move)) {
      const { reason, message } = input.move;
      await record(tx, ctx, {
        action: "job.fence",
        noun: "job",
        nounId: row.id,
        before: { status: input.from },
        after: { status: next, reason, message, attempt: input.attemptId },
      });
    } else if (next !== input.from && input.move) {
      const { reason, message } = input.move;
      if (next === "cancelled" || next === "failed") await endJob(tx, ctx, row, next, reason);
      await record(tx, ctx, {
        action: `job.${input.move.event}`,
        noun: "job",
        nounId: row.id,
        before: { status: input.from },
        after: { status: next, reason, message, attempt: input.attemptId },
      });
    }
    return next;
  });
}

function jobChange(
  { move, message }: { move: JobMove | null; message?: string | undefined },
  next: JobStatus,
  now: Date,
) {
  if (move === null) return { message: message ?? null };
  return {
    status: next,
    reason: next === "queued" ? ("retrying" as const) : move.reason,
    message: move.message,
    ...(isTerminal(next) ? { endedAt: now } : {}),
  };
}

/** Whether the attempt is at its end with this. */
const isOver = ({ event }: JobMove): boolean => !["run", "silence"].includes(event);

/** Said for the first time: whoever reads the log finds when people were called. */
async function isNewlyOverdue(
  tx: Transaction,
  { attemptId, seen }: { attemptId: string; seen: AttemptObservation },
): Promise<boolean> {
  if (seen.overdue !== true) return false;
  const [row] = await tx
    .select({ handle: attempt.handle })
    .from(attempt)
    .where(eq(attempt.id, attemptId));
  return row !== undefined && row.handle !== null && row.handle.data["overdue"] === undefined;
}

/** Beside what its cluster noted stands whether people were called. Without a handle there is nobody to tell it again. */
const noted = ({ note = {}, overdue }: AttemptObservation) => {
  const kept = sql`((${attempt.handle}->'data') ${overdue === true ? sql`` : sql`- 'overdue'`})`;
  const added = JSON.stringify({ ...note, ...(overdue === true ? { overdue: "yes" } : {}) });
  return sql`jsonb_set(${attempt.handle}, '{data}', ${kept} || ${added}::jsonb)`;
};

/** A list read a moment ago may be older than what another look heard since. */
const laterOf = (column: typeof attempt.lastObservedAt, at: Date) =>
  sql`greatest(${column}, ${at.toISOString()}::timestamptz)`;

async function updateAttempt(
  tx: Transaction,
  row: typeof job.$inferSelect,
  { attemptId, seen, move }: { attemptId: string; seen: AttemptObservation; move: JobMove | null },
  now: Date,
): Promise<void> {
  const processes = processesIn(seen);
  const heardAt = new Date(Math.min(seen.seenAtMs ?? now.getTime(), now.getTime()));
  const over = move !== null && isOver(move);
  const changes = {
    ...(isHeard(seen) ? { lastObservedAt: laterOf(attempt.lastObservedAt, heardAt) } : {}),
    ...(processes ? { processes: [...processes] } : {}),
    ...(seen.kind === "running"
      ? { startedAt: sql`coalesce(${attempt.startedAt}, ${now.toISOString()}::timestamptz)` }
      : {}),
    ...(move ? { status: move.attempt } : {}),
    // Its time limit counts from here, however long it was waited for or was silent.
    ...(move?.event === "run" ? { tokenExpiresAt: expiryOfRunning(row, now) } : {}),
    ...(seen.note || seen.overdue ? { handle: noted(seen) } : {}),
    ...(move && (over || move.attempt === "fenced")
      ? { reason: move.reason, message: move.message }
      : {}),
    ...(over ? { endedAt: now } : {}),
  };
  // Of a place that does not answer nothing is learned: an update of nothing is refused.
  if (Object.keys(changes).length > 0)
    await tx.update(attempt).set(changes).where(eq(attempt.id, attemptId));
}
