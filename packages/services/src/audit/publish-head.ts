import { signTreeHead } from "@preceptor/attest";
import { auditHead } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import type { ObjectStore } from "@preceptor/storage";
import { Readable } from "node:stream";
import { authoriseSystem } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { logOrigin } from "./origin.ts";

/**
 * Puts the signed head of an organization's log where nobody may change it any more: whoever rewrites the log later, with the database's
 * own rights, is found out by it. Named by the number of entries, so that one of the same length is not put twice. False when it is there.
 */
export async function publishAuditHead(ctx: ServiceContext, heads: ObjectStore): Promise<boolean> {
  authoriseSystem(ctx.caller);
  const { organizationId } = ctx.caller;
  const head = await reading(ctx, async (tx) => (await tx.select().from(auditHead))[0]);
  if (head === undefined || head.treeSize === 0) return false;
  const name = `${organizationId}/${String(head.treeSize).padStart(12, "0")}.head`;
  if ((await heads.stat(name)) !== null) return false;
  const text = signTreeHead(ctx.signer, {
    origin: logOrigin(organizationId),
    treeSize: head.treeSize,
    rootHash: head.rootHash,
    time: ctx.now().toISOString(),
  });
  try {
    await heads.put(name, Readable.from([Buffer.from(text)]));
    return true;
  } catch (error) {
    // Another worker was quicker; its signature is of another moment.
    if (error instanceof DomainError && error.code === "already-exists") return false;
    throw error;
  }
}
