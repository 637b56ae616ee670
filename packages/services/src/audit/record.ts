import {
  appendLeaf,
  auditLeaf,
  digestOf,
  rootOfFrontier,
  EMPTY_FRONTIER,
  type Frontier,
} from "@preceptor/attest";
import { audit, auditHead } from "@preceptor/db";
import { eq } from "drizzle-orm";
import { actorOf } from "../access/authorise.ts";
import type { ServiceContext, Transaction } from "../context.ts";

export interface Entry {
  /** `noun.verb`, e.g. `promotion.vote`. */
  readonly action: string;
  readonly noun: string;
  readonly nounId: string;
  /** Plain JSON, or null: only its digest is kept, so no content leaks into the log. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Digest of what the change rests on. */
  readonly evidence?: string;
}

/** Appends to the organization's Merkle log, in the transaction of the change it records. */
export async function record(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller" | "now">,
  entry: Entry,
): Promise<void> {
  const { organizationId } = ctx.caller;
  await tx
    .insert(auditHead)
    .values({ organizationId, treeSize: 0, frontier: [], rootHash: rootOfFrontier(EMPTY_FRONTIER) })
    .onConflictDoNothing();
  const [head] = await tx
    .select()
    .from(auditHead)
    .where(eq(auditHead.organizationId, organizationId))
    .for("update");
  if (!head) throw new Error("audit head is not visible: row-level scope is missing");
  const at = ctx.now();
  const row = {
    seq: head.treeSize,
    actor: actorOf(ctx.caller),
    action: entry.action,
    noun: entry.noun,
    nounId: entry.nounId,
    organizationId,
    before: fingerprint(entry.before),
    after: fingerprint(entry.after),
    evidence: entry.evidence ?? null,
    at: at.toISOString(),
  };
  const leafHash = auditLeaf(row);
  const frontier: Frontier = appendLeaf({ size: head.treeSize, hashes: head.frontier }, leafHash);
  const { actor, ...columns } = row;
  await tx.insert(audit).values({
    ...columns,
    at,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    leafHash,
  });
  await tx
    .update(auditHead)
    .set({
      treeSize: frontier.size,
      frontier: [...frontier.hashes],
      rootHash: rootOfFrontier(frontier),
    })
    .where(eq(auditHead.organizationId, organizationId));
}

/** Digest of a value as JSON would carry it (dates as ISO text). */
const fingerprint = (value: unknown): string | null =>
  value === undefined || value === null ? null : digestOf(JSON.parse(JSON.stringify(value)));
