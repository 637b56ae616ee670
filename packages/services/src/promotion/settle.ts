import { createVerifier, Envelope, signDecision, verifyDecision } from "@preceptor/attest";
import { promotion, vote } from "@preceptor/db";
import { DomainError, tally, type Promotion } from "@preceptor/domain";
import { and, asc, eq } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";
import { openDeployment } from "../deployment/open.ts";
import { policyReference } from "./policy.ts";

const DAY_MS = 86_400_000;

/**
 * Counts the votes as they are in this transaction, whose caller holds the promotion's row. If they decide, the decision is signed
 * with the votes inside, and an approval opens the deployment.
 */
export async function settle(
  tx: Transaction,
  ctx: ServiceContext,
  request: Promotion,
): Promise<void> {
  const votes = await tx
    .select({ decision: vote.decision, statement: vote.statement })
    .from(vote)
    .where(eq(vote.promotionId, request.id))
    .orderBy(asc(vote.castAt), asc(vote.id));
  const outcome = tally(votes, request.policy);
  if (outcome === "open") return;

  const { organizationId } = ctx.caller;
  const decidedAt = ctx.now();
  const expiresAt = new Date(decidedAt.getTime() + request.policy.validityDays * DAY_MS);
  const { model, stage, purpose, dossierDigest } = request;
  const decision = signDecision(ctx.signer, {
    promotionId: request.id,
    organizationId,
    outcome,
    stage,
    purpose,
    model: { name: model.name, version: model.version, digest: model.digest },
    dossierDigest,
    policy: policyReference(request.policy),
    votes: votes.map((one) => Envelope.parse(one.statement)),
    decidedAt: decidedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  });
  const written = await tx
    .update(promotion)
    .set({
      status: outcome,
      decidedAt,
      expiresAt: outcome === "approved" ? expiresAt : null,
      decision,
    })
    .where(and(eq(promotion.id, request.id), eq(promotion.status, "open")))
    .returning({
      modelVersionId: promotion.modelVersionId,
      computeTargetId: promotion.computeTargetId,
      openingShare: promotion.openingShare,
    });
  const [row] = written;
  if (!row) throw new DomainError("conflict", "The promotion was decided meanwhile.");
  if (outcome !== "approved") return;

  // What was just signed must satisfy the very check that serving makes.
  const checked = verifyDecision(decision, {
    trustedKeys: createVerifier([ctx.signer.publicKeyPem]),
    modelDigest: model.digest,
    organizationId,
    purpose,
    stage,
    minimumApprovals: request.policy.approvals,
    now: decidedAt,
  });
  if (!checked.ok)
    throw new DomainError(
      "conflict",
      `The signed votes do not carry the decision: ${checked.message}.`,
    );
  await openDeployment(tx, ctx, {
    promotionId: request.id,
    modelVersionId: row.modelVersionId,
    computeTargetId: row.computeTargetId,
    purpose,
    stage,
    share: row.openingShare,
    by: request.requestedBy,
  });
}
