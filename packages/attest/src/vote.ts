import { Digest } from "@preceptor/domain";
import { z } from "zod";
import { digestOf } from "./canonical.ts";
import type { Sha256Digest } from "./canonical.ts";
import type { Envelope } from "./envelope.ts";
import type { Signer, Verifier } from "./key.ts";
import type { Refusal } from "./refusal.ts";
import { signStatement, statementOf, verifyStatement } from "./statement.ts";
import type { PredicateKind, StatementRefusalCode } from "./statement.ts";

export const VOTE_PREDICATE_TYPE = "https://preceptor.dev/attestation/vote/v1";

export const PolicyReference = z.object({
  name: z.string().min(1),
  version: z.number().int().positive(),
  digest: Digest,
});

/** What a member signs. The member's e-mail address is left out on purpose: the statement leaves the house. */
export const Vote = z.object({
  promotionId: z.string().min(1),
  organizationId: z.string().min(1),
  member: z.object({ id: z.string().min(1), printedName: z.string().min(1) }),
  decision: z.enum(["approve", "reject"]),
  meaning: z.enum(["review", "approval", "responsibility"]),
  reason: z.string().min(1),
  votedAt: z.iso.datetime(),
  modelDigest: Digest,
  dossierDigest: Digest,
  policy: PolicyReference,
  stage: z.string().min(1),
  purpose: z.string().min(1),
  method: z.enum(["password", "passkey"]),
});
export type Vote = z.infer<typeof Vote>;

const votePredicate: PredicateKind<Vote> = {
  type: VOTE_PREDICATE_TYPE,
  schema: Vote,
  subject: (vote) => ({ name: vote.promotionId, digest: vote.modelDigest }),
};

/** Digest of the exact statement a member agrees to: the challenge of a passkey. */
export function voteDigest(vote: Vote): Sha256Digest {
  return digestOf(statementOf(votePredicate, vote));
}

/** Throws a ZodError if the vote breaks its schema. */
export function signVote(signer: Signer, vote: Vote): Envelope {
  return signStatement(signer, votePredicate, vote);
}

export function verifyVote(
  envelope: unknown,
  trustedKeys: Verifier,
): { readonly ok: true; readonly vote: Vote } | Refusal<StatementRefusalCode> {
  const verified = verifyStatement(envelope, votePredicate, trustedKeys);
  return verified.ok ? { ok: true, vote: verified.predicate } : verified;
}
