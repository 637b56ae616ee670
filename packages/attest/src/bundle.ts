import { Sha256 } from "@preceptor/domain";
import { z } from "zod";
import { AuditEntry } from "./audit-entry.ts";
import { Envelope } from "./envelope.ts";

/** Everything an auditor needs to check the log without a server. */
export const AuditBundle = z.object({
  format: z.literal("preceptor-audit-bundle/v1"),
  /** Checkpoint text over all entries. */
  treeHead: z.string().min(1),
  /** Older checkpoints of the same log: they narrow down where a rewritten log departs from what was signed. */
  earlierTreeHeads: z.array(z.string().min(1)).optional(),
  publicKeys: z.array(z.string().min(1)).min(1),
  /** In log order, from the first. `leafHash` is what the log recorded when the entry was written. */
  entries: z.array(AuditEntry.extend({ leafHash: Sha256 })),
  decisions: z.array(Envelope).optional(),
});
export type AuditBundle = z.infer<typeof AuditBundle>;
