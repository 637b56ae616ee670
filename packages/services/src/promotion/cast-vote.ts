import { digestOf, signVote, voteDigest, type Vote } from "@preceptor/attest";
import { promotion, vote } from "@preceptor/db";
import { DomainError, type CastVote, type Promotion } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { authorise, memberOf } from "../access/authorise.ts";
import { confirmPassword } from "../access/confirm-password.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { modelVersionById } from "../model/view.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { assembleDossier } from "./assemble-dossier.ts";
import { lockPromotion } from "./lock.ts";
import { policyReference } from "./policy.ts";
import { asRefusal } from "./refusal.ts";
import { settle } from "./settle.ts";
import { promotionById } from "./view.ts";

/**
 * Records one board member's signed vote and, if it settles the request, opens the deployment in the same transaction. If the
 * evidence is no longer what was frozen, the request is voided and the vote refused.
 */
export async function castVote(ctx: ServiceContext, input: CastVote): Promise<Promotion> {
  authorise(ctx.caller, "promotion:vote");
  const voter = memberOf(ctx.caller);
  await confirmPassword(ctx, "promotion:vote", input.password);
  const outcome = await transaction(ctx, async (tx) => {
    const row = await lockPromotion(tx, input.promotionId);
    const request = await promotionById(tx, row.id, voter);
    assertMayCast(request, input);
    if (await evidenceChanged(tx, request)) return voidRequest(tx, ctx, request);

    const castAt = ctx.now();
    const statement = statementOf(request, voter, input, castAt);
    const statementDigest = voteDigest(statement);
    await tx.insert(vote).values({
      id: ctx.newId("vote"),
      organizationId: voter.organizationId,
      promotionId: row.id,
      userId: voter.userId,
      printedName: voter.name,
      decision: input.decision,
      meaning: input.meaning,
      reason: input.reason,
      method: "password",
      dossierDigest: input.dossierDigest,
      policyVersion: request.policy.version,
      statement: signVote(ctx.signer, statement),
      statementDigest,
      castAt,
    });
    await settle(tx, ctx, request);
    const after = await promotionById(tx, row.id, voter);
    await record(tx, ctx, {
      action: "promotion.vote",
      noun: "promotion",
      nounId: row.id,
      before: { status: request.status, votes: request.votes },
      after: { status: after.status, votes: after.votes },
      evidence: statementDigest,
    });
    await tellChanged(tx, voter.organizationId, "promotion", row.id);
    return after;
  }).catch((error: unknown) => {
    throw asRefusal(error);
  });
  if (outcome.status === "voided")
    throw new DomainError(
      "conflict",
      "The evidence changed since the request, so it was voided and your vote was not taken. Ask again with the evidence as it is now.",
    );
  return outcome;
}

function assertMayCast(request: Promotion, input: CastVote): void {
  if (request.status !== "open")
    throw new DomainError("conflict", `The promotion is ${request.status}.`);
  if (!request.mayVote.allowed)
    throw new DomainError("forbidden", request.mayVote.why ?? "You may not vote on it.");
  if (input.dossierDigest !== request.dossierDigest)
    throw new DomainError(
      "digest-mismatch",
      "You read another dossier than the one that is voted on.",
      {
        field: "dossierDigest",
      },
    );
  if (request.policy.signature !== "password")
    throw new DomainError("forbidden", "This policy wants a passkey's signature.");
}

async function evidenceChanged(tx: Transaction, request: Promotion): Promise<boolean> {
  const model = await modelVersionById(tx, request.model.id);
  const { policy, dossier: asked } = request;
  const now = await assembleDossier(tx, { model, policy, asked });
  return digestOf(now) !== request.dossierDigest;
}

async function voidRequest(
  tx: Transaction,
  ctx: ServiceContext,
  request: Promotion,
): Promise<Promotion> {
  await tx
    .update(promotion)
    .set({ status: "voided", decidedAt: ctx.now() })
    .where(eq(promotion.id, request.id));
  const voided = await promotionById(tx, request.id, ctx.caller);
  await record(tx, ctx, {
    action: "promotion.void",
    noun: "promotion",
    nounId: request.id,
    before: { status: request.status },
    after: { status: voided.status },
    evidence: request.dossierDigest,
  });
  await tellChanged(tx, ctx.caller.organizationId, "promotion", request.id);
  return voided;
}

function statementOf(
  request: Promotion,
  voter: { userId: string; name: string; organizationId: string },
  { decision, meaning, reason }: CastVote,
  castAt: Date,
): Vote {
  return {
    promotionId: request.id,
    organizationId: voter.organizationId,
    member: { id: voter.userId, printedName: voter.name },
    decision,
    meaning,
    reason,
    votedAt: castAt.toISOString(),
    modelDigest: request.model.digest,
    dossierDigest: request.dossierDigest,
    policy: policyReference(request.policy),
    stage: request.stage,
    purpose: request.purpose,
    method: "password",
  };
}
