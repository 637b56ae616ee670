import { AuditBundle, EMPTY_ROOT, Envelope, signTreeHead } from "@preceptor/attest";
import { audit, auditHead, promotion } from "@preceptor/db";
import { asc, isNotNull } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { logOrigin } from "./origin.ts";

/** The whole log with a signed tree head and every signed decision: verified offline by `preceptor verify`, which needs no server. */
export async function bundleAudit(ctx: ServiceContext): Promise<AuditBundle> {
  authorise(ctx.caller, "audit:read");
  const { organizationId } = ctx.caller;
  return reading(ctx, async (tx) => {
    const rows = await tx.select().from(audit).orderBy(asc(audit.seq));
    const [head] = await tx.select().from(auditHead);
    const decided = await tx
      .select({ decision: promotion.decision })
      .from(promotion)
      .where(isNotNull(promotion.decision))
      .orderBy(asc(promotion.decidedAt));
    return AuditBundle.parse({
      format: "preceptor-audit-bundle/v1",
      treeHead: signTreeHead(ctx.signer, {
        origin: logOrigin(organizationId),
        treeSize: head?.treeSize ?? 0,
        rootHash: head?.rootHash ?? EMPTY_ROOT,
        time: ctx.now().toISOString(),
      }),
      publicKeys: [ctx.signer.publicKeyPem],
      entries: rows.map(({ actorKind, actorId, actorName, at, ...row }) => ({
        ...row,
        at: at.toISOString(),
        actor: { kind: actorKind, id: actorId, name: actorName },
      })),
      decisions: decided.map((row) => Envelope.parse(row.decision)),
    });
  });
}
