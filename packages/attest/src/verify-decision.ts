import { decisionPredicate } from "./decision.ts";
import type { Decision } from "./decision.ts";
import type { Verifier } from "./key.ts";
import { refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { verifyStatement } from "./statement.ts";
import type { StatementRefusalCode } from "./statement.ts";
import { verifyVote } from "./vote.ts";
import type { Vote } from "./vote.ts";

export type OpenDecisionRefusalCode =
  | StatementRefusalCode
  | "vote-invalid"
  | "vote-mismatch"
  | "duplicate-voter"
  | "too-few-approvals";

export type DecisionRefusalCode =
  | OpenDecisionRefusalCode
  | "wrong-model"
  | "wrong-organization"
  | "wrong-purpose"
  | "wrong-stage"
  | "not-approved"
  | "decided-in-the-future"
  | "expired";

export interface DecisionExpectation {
  readonly trustedKeys: Verifier;
  /** "sha256:<hex>" of the model about to be loaded, computed from its bytes or manifest and not read from the decision. */
  readonly modelDigest: string;
  readonly organizationId: string;
  readonly purpose: string;
  readonly stage?: string;
  /** Approving votes wanted; 1 unless told. The quorum of the policy is the deciding transaction's, which knows the policy. */
  readonly minimumApprovals?: number;
  readonly now: Date;
}

/** Two machines' clocks may differ by this much before a fresh decision looks like one from the future. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Whether this decision allows this model, here, for this, now. Whether it was revoked meanwhile is the caller's to know. */
export function verifyDecision(
  envelope: unknown,
  expected: DecisionExpectation,
): { readonly ok: true; readonly decision: Decision } | Refusal<DecisionRefusalCode> {
  const opened = openDecision(envelope, expected.trustedKeys);
  if (!opened.ok) return opened;
  const { decision, votes } = opened;

  if (decision.model.digest !== expected.modelDigest)
    return refuse("wrong-model", "the decision is about another model");
  if (decision.organizationId !== expected.organizationId) {
    return refuse("wrong-organization", "the decision is of another organization");
  }
  if (decision.purpose !== expected.purpose)
    return refuse("wrong-purpose", "the decision is for another purpose");
  if (expected.stage !== undefined && decision.stage !== expected.stage) {
    return refuse("wrong-stage", `the decision is for stage ${decision.stage}`);
  }
  if (decision.outcome !== "approved") return refuse("not-approved", "the board did not approve");
  if (approvalsIn(votes) < (expected.minimumApprovals ?? 1)) {
    return refuse("too-few-approvals", "fewer approving votes than asked for");
  }
  const now = expected.now.getTime();
  if (Date.parse(decision.decidedAt) > now + CLOCK_SKEW_MS) {
    return refuse("decided-in-the-future", "the decision is dated after now");
  }
  if (Date.parse(decision.expiresAt) <= now)
    return refuse("expired", `the decision expired at ${decision.expiresAt}`);
  return { ok: true, decision };
}

/**
 * A decision that is sound in itself, whatever it decided and whenever: its signature holds, and every vote inside is signed, by
 * a different member, over the same promotion, model, dossier, policy, stage and purpose.
 */
export function openDecision(
  envelope: unknown,
  trustedKeys: Verifier,
):
  | { readonly ok: true; readonly decision: Decision; readonly votes: readonly Vote[] }
  | Refusal<OpenDecisionRefusalCode> {
  const statement = verifyStatement(envelope, decisionPredicate, trustedKeys);
  if (!statement.ok) return statement;
  const decision = statement.predicate;

  const votes: Vote[] = [];
  const voters = new Set<string>();
  for (const [index, voteEnvelope] of decision.votes.entries()) {
    const opened = verifyVote(voteEnvelope, trustedKeys);
    if (!opened.ok) return refuse("vote-invalid", `vote ${index}: ${opened.message}`);
    const difference = differenceBetween(opened.vote, decision);
    if (difference)
      return refuse("vote-mismatch", `vote ${index} was cast on another ${difference}`);
    const member = opened.vote.member.id;
    if (voters.has(member))
      return refuse("duplicate-voter", `vote ${index} is a second vote of member ${member}`);
    voters.add(member);
    votes.push(opened.vote);
  }
  if (decision.outcome === "approved" && approvalsIn(votes) === 0) {
    return refuse("too-few-approvals", "approved without an approving vote");
  }
  return { ok: true, decision, votes };
}

/** The name of the first thing that a vote and the decision around it do not share. */
function differenceBetween(vote: Vote, decision: Decision): string | undefined {
  const pairs: Record<string, readonly [string | number, string | number]> = {
    promotion: [vote.promotionId, decision.promotionId],
    organization: [vote.organizationId, decision.organizationId],
    model: [vote.modelDigest, decision.model.digest],
    dossier: [vote.dossierDigest, decision.dossierDigest],
    policy: [vote.policy.digest, decision.policy.digest],
    "policy name": [vote.policy.name, decision.policy.name],
    "policy version": [vote.policy.version, decision.policy.version],
    stage: [vote.stage, decision.stage],
    purpose: [vote.purpose, decision.purpose],
  };
  return Object.entries(pairs).find(([, [ofVote, ofDecision]]) => ofVote !== ofDecision)?.[0];
}

function approvalsIn(votes: readonly Vote[]): number {
  return votes.filter((vote) => vote.decision === "approve").length;
}
