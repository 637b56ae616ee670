import { createHash } from "node:crypto";
import { attempt, job, recipe } from "@preceptor/db";
import { answerTicket, DomainError, type ExchangeTicket } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { authoriseAttempt } from "../access/authorise.ts";
import { subjectKeyOf } from "../access/subject-key.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { hashesPatients, secretsOf } from "../job/secrets.ts";
import { transaction } from "../transaction.ts";
import { holderOf } from "./authenticate.ts";

type Secrets = Readonly<Record<string, string>>;

/**
 * The secrets of one process of an attempt, for the ticket that stands where others may read it; once a rank. Every exchange is in the
 * audit log, and so is a ticket that comes a second time: somebody else has read it. Errors: `unauthenticated`, `stale-attempt`,
 * `invalid` (no such rank), `conflict` (used).
 *
 * @param tokenOf the attempt's bearer token, always the same: it is kept nowhere, and a lost answer is given again.
 */
export async function exchangeTicket(
  base: Omit<ServiceContext, "caller">,
  { ticket, rank, nonce }: ExchangeTicket,
  tokenOf: (attemptId: string) => string,
): Promise<Secrets> {
  const { caller } = await holderOf(
    base,
    eq(attempt.ticketHash, sha256(ticket)),
    "This is not the ticket of an attempt.",
  );
  const ctx = { ...base, caller };
  authoriseAttempt(caller);
  const secrets = await transaction(ctx, async (tx): Promise<Secrets | null> => {
    const [found] = await tx
      .select({ attempt, job, recipe })
      .from(attempt)
      .innerJoin(job, eq(job.id, attempt.jobId))
      .leftJoin(recipe, eq(recipe.id, job.recipeId))
      .where(eq(attempt.id, caller.attemptId))
      .for("update", { of: attempt });
    if (!found) throw new DomainError("unauthenticated", "This is not the ticket of an attempt.");
    const { nodes, processesPerNode } = found.job.spec.compute;
    const nonceHash = sha256(nonce);
    const before = found.attempt.exchanges[rank] ?? null;
    const now = ctx.now();
    const answer = answerTicket({ rank, ranks: nodes * processesPerNode, nonceHash, before }, now);
    if (answer === "no-such-rank")
      throw new DomainError("invalid", `This attempt has no process of rank ${rank}.`, {
        field: "rank",
      });
    await record(tx, ctx, {
      action: answer === "used" ? "attempt.refuse-ticket" : "attempt.exchange-ticket",
      noun: "attempt",
      nounId: caller.attemptId,
      after: { job: caller.jobId, rank, answer },
    });
    if (answer === "used") return null;
    const token = tokenOf(caller.attemptId);
    await tx
      .update(attempt)
      .set({
        tokenHash: sha256(token),
        exchanges: {
          ...found.attempt.exchanges,
          [rank]: before ?? { nonceHash, at: now.toISOString() },
        },
      })
      .where(eq(attempt.id, caller.attemptId));
    return secretsOf(
      token,
      hashesPatients(found.job, found.recipe) ? await subjectKeyOf(tx, ctx) : null,
    );
  });
  if (secrets !== null) return secrets;
  base.log.warn(
    { attempt: caller.attemptId, job: caller.jobId, rank },
    "a ticket that was used already came again: somebody has read it where the job is described",
  );
  throw new DomainError(
    "conflict",
    `The ticket of rank ${rank} was used already. If it was not this process, somebody else has read it: an operator finds who asked in the audit log.`,
  );
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
