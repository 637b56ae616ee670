import { audit } from "@preceptor/db";
import { ListAudit, type AuditEntry, type Page } from "@preceptor/domain";
import { and, desc, eq, lt } from "drizzle-orm";
import type { z } from "zod";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { decodeCursor, encodeCursor, pageOf, part } from "../cursor.ts";
import { reading } from "../transaction.ts";

/** Newest first. */
export async function listAudit(
  ctx: ServiceContext,
  input: z.input<typeof ListAudit>,
): Promise<Page<AuditEntry>> {
  authorise(ctx.caller, "audit:read");
  const { cursor, limit, noun, nounId, actor } = ListAudit.parse(input);
  const after = decodeCursor(cursor, [part.position]);
  const rows = await reading(ctx, (tx) =>
    tx
      .select()
      .from(audit)
      .where(
        and(
          after ? lt(audit.seq, Number(after[0])) : undefined,
          noun ? eq(audit.noun, noun) : undefined,
          nounId ? eq(audit.nounId, nounId) : undefined,
          actor ? eq(audit.actorId, actor) : undefined,
        ),
      )
      .orderBy(desc(audit.seq))
      .limit(limit + 1),
  );
  return pageOf(
    rows,
    limit,
    (row) => encodeCursor(row.seq),
    ({ organizationId: _, actorKind, actorId, actorName, ...row }) => ({
      ...row,
      actor: { kind: actorKind as AuditEntry["actor"]["kind"], id: actorId, name: actorName },
    }),
  );
}
