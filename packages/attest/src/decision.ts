import { Digest } from "@preceptor/domain";
import { z } from "zod";
import { Envelope } from "./envelope.ts";
import type { Signer } from "./key.ts";
import { signStatement } from "./statement.ts";
import type { PredicateKind } from "./statement.ts";
import { PolicyReference } from "./vote.ts";

export const DECISION_PREDICATE_TYPE = "https://preceptor.dev/attestation/promotion-decision/v1";

/** What the board decided about one exact model, with the signed votes inside so that it proves itself. */
export const Decision = z.object({
  promotionId: z.string().min(1),
  organizationId: z.string().min(1),
  outcome: z.enum(["approved", "rejected"]),
  stage: z.string().min(1),
  purpose: z.string().min(1),
  model: z.object({
    name: z.string().min(1),
    version: z.number().int().positive(),
    digest: Digest,
  }),
  dossierDigest: Digest,
  policy: PolicyReference,
  votes: z.array(Envelope),
  decidedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Decision = z.infer<typeof Decision>;

export const decisionPredicate: PredicateKind<Decision> = {
  type: DECISION_PREDICATE_TYPE,
  schema: Decision,
  subject: ({ model }) => ({ name: `${model.name}:${model.version}`, digest: model.digest }),
};

/** Throws a ZodError if the decision breaks its schema. It does not judge: `verifyDecision` does, for whoever relies on it. */
export function signDecision(signer: Signer, decision: Decision): Envelope {
  return signStatement(signer, decisionPredicate, decision);
}
