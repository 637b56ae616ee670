import { createHash } from "node:crypto";
import { attempt, job } from "@preceptor/db";
import { DomainError, isTerminal, type Caller } from "@preceptor/domain";
import { eq, type SQL } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";
import { acrossOrganizations } from "../transaction.ts";

const active: readonly string[] = ["starting", "running", "unknown"];

/**
 * Who holds this bearer token. Only the newest attempt of a job that has not ended may write: an older one's token is
 * `stale-attempt`, whatever its process still believes.
 */
export async function authenticateAttempt(
  ctx: Pick<ServiceContext, "db" | "now">,
  token: string,
): Promise<{ caller: Extract<Caller, { kind: "attempt" }>; runId: string }> {
  const tokenHash = createHash("sha256").update(token).digest("hex");
  return holderOf(ctx, eq(attempt.tokenHash, tokenHash), "This is not the token of an attempt.");
}

/** The same for whatever an attempt is known by; `unknown` says what it is not. */
export async function holderOf(
  ctx: Pick<ServiceContext, "db" | "now">,
  known: SQL,
  unknown: string,
): Promise<{ caller: Extract<Caller, { kind: "attempt" }>; runId: string }> {
  const [row] = await acrossOrganizations(ctx.db, (tx) =>
    tx
      .select({ attempt, status: job.status, attemptCount: job.attemptCount, runId: job.runId })
      .from(attempt)
      .innerJoin(job, eq(job.id, attempt.jobId))
      .where(known),
  );
  if (!row || row.attempt.tokenExpiresAt <= ctx.now())
    throw new DomainError("unauthenticated", unknown);
  const { id, jobId, number, fencingToken, organizationId, status } = row.attempt;
  if (number !== row.attemptCount)
    throw new DomainError(
      "stale-attempt",
      `Attempt ${number} was replaced by attempt ${row.attemptCount}; nothing more is accepted from it.`,
    );
  if (isTerminal(row.status) || !active.includes(status))
    throw new DomainError(
      "stale-attempt",
      "This attempt has ended; nothing more is accepted from it.",
    );
  return {
    caller: { kind: "attempt", attemptId: id, jobId, fencingToken, organizationId },
    runId: row.runId,
  };
}
