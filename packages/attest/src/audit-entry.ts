import { z } from "zod";
import { canonicalJson } from "./canonical.ts";
import { leafHash } from "./merkle/hash.ts";
import type { Hash } from "./merkle/hash.ts";

/** One change, as the log knows it. Every field is present: what does not apply is null, so that its absence is signed too. */
export const AuditEntry = z.object({
  /** The leaf's index in its organization's log: starts at 0 and grows by exactly one. */
  seq: z.number().int().nonnegative(),
  at: z.iso.datetime(),
  actor: z.object({
    kind: z.enum(["member", "system", "attempt"]),
    id: z.string().min(1),
    name: z.string(),
  }),
  action: z.string().min(1),
  noun: z.string().min(1),
  nounId: z.string().min(1),
  organizationId: z.string().min(1).nullable(),
  before: z.json(),
  after: z.json(),
  evidence: z.json(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/**
 * The entry's leaf in the audit tree. Only the named fields count. Compute it from what will be read back: `at` with the
 * precision the store keeps, `before` and `after` as they return from their column.
 */
export function auditLeaf(entry: AuditEntry): Hash {
  const { actor, action, noun, nounId, organizationId, before, after, evidence, at, seq } = entry;
  return leafHash(
    canonicalJson({
      actor,
      action,
      noun,
      nounId,
      organizationId,
      before,
      after,
      evidence,
      at,
      seq,
    }),
  );
}
