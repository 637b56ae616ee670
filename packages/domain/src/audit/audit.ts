import { z } from "zod";
import { PageInput } from "../page.ts";

export interface AuditEntry {
  /** Position in the organization's log, from 0. */
  readonly seq: number;
  readonly actor: { kind: "member" | "system" | "attempt"; id: string; name: string };
  readonly action: string;
  readonly noun: string;
  readonly nounId: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly evidence: string | null;
  readonly at: Date;
  readonly leafHash: string;
}
export const ListAudit = PageInput.extend({
  noun: z.string().max(40).optional(),
  nounId: z.string().max(80).optional(),
  actor: z.string().max(80).optional(),
});
