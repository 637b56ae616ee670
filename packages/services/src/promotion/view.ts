import { digestOf } from "@preceptor/attest";
import {
  computeTarget,
  deployment,
  model,
  modelVersion,
  policy,
  promotion,
  promotionExclusion,
  vote,
} from "@preceptor/db";
import {
  DomainError,
  mayVote,
  sentenceOf,
  type Caller,
  type Promotion,
  type Vote,
} from "@preceptor/domain";
import { asc, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../context.ts";
import { showPolicy } from "./policy.ts";

export const selectPromotions = (tx: Transaction) =>
  tx
    .select({
      promotion,
      policy,
      target: computeTarget.name,
      model: {
        id: modelVersion.id,
        name: model.name,
        version: modelVersion.version,
        digest: modelVersion.digest,
      },
    })
    .from(promotion)
    .innerJoin(policy, eq(policy.id, promotion.policyId))
    .innerJoin(computeTarget, eq(computeTarget.id, promotion.computeTargetId))
    .innerJoin(modelVersion, eq(modelVersion.id, promotion.modelVersionId))
    .innerJoin(model, eq(model.id, modelVersion.modelId))
    .$dynamic();
export type PromotionRow = Awaited<ReturnType<typeof selectPromotions>>[number];

export async function promotionById(
  tx: Transaction,
  id: string,
  caller: Caller,
): Promise<Promotion> {
  const [found] = await showPromotions(
    tx,
    await selectPromotions(tx).where(eq(promotion.id, id)),
    caller,
  );
  if (!found) throw new DomainError("not-found", "There is no such promotion.");
  return found;
}

/** Adds votes, exclusions and the opened deployment, in three reads for all rows together. */
export async function showPromotions(
  tx: Transaction,
  rows: readonly PromotionRow[],
  caller: Caller,
): Promise<Promotion[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.promotion.id);
  const votes = await tx
    .select()
    .from(vote)
    .where(inArray(vote.promotionId, ids))
    .orderBy(asc(vote.castAt), asc(vote.id));
  const excluded = await tx
    .select()
    .from(promotionExclusion)
    .where(inArray(promotionExclusion.promotionId, ids));
  const deployments = await tx
    .select({ id: deployment.id, promotionId: deployment.promotionId })
    .from(deployment)
    .where(inArray(deployment.promotionId, ids))
    .orderBy(asc(deployment.createdAt), asc(deployment.id));
  return rows.map((row) => {
    const ofThis = <T extends { promotionId: string }>(all: readonly T[]): T[] =>
      all.filter((one) => one.promotionId === row.promotion.id);
    return showPromotion(
      row,
      ofThis(votes),
      ofThis(excluded),
      ofThis(deployments)[0]?.id ?? null,
      caller,
    );
  });
}

function showPromotion(
  row: PromotionRow,
  votes: readonly (typeof vote.$inferSelect)[],
  excluded: readonly (typeof promotionExclusion.$inferSelect)[],
  deploymentId: string | null,
  caller: Caller,
): Promotion {
  const { promotion: p } = row;
  const shownPolicy = showPolicy(row.policy);
  return {
    id: p.id,
    status: p.status,
    model: row.model,
    purpose: p.purpose,
    stage: p.stage,
    policy: shownPolicy,
    target: row.target,
    dossier: p.dossier,
    dossierDigest: p.dossierDigest,
    requestedBy: { id: p.requestedBy, name: p.requestedByName },
    requestedAt: p.requestedAt,
    decidedAt: p.decidedAt,
    expiresAt: p.expiresAt,
    votes: votes.map(showVote),
    approvalsNeeded: shownPolicy.approvals,
    deploymentId,
    share: p.openingShare,
    mayVote: isAsFrozen(p)
      ? mayVote(
          {
            status: p.status,
            requestedBy: p.requestedBy,
            excluded: excluded.map((one) => one.userId),
            voters: votes.map((one) => one.userId),
          },
          caller.kind === "member" ? caller : { userId: "", roles: [] },
        )
      : { allowed: false, why: tampered },
    sentence: sentenceOf(p.dossier, p.dossierDigest, shownPolicy.validityDays),
  };
}

const tampered =
  "What is stored as this dossier is not what was frozen: its digest is another. Somebody changed it past this product. Do not rely on it; tell your operator, who compares the database with its backups.";

/** Who can write the tables past us could change what a board reads while the digest that is signed stays. */
const isAsFrozen = (p: PromotionRow["promotion"]): boolean =>
  digestOf(p.dossier) === p.dossierDigest;

const showVote = (row: typeof vote.$inferSelect): Vote => ({
  id: row.id,
  member: { id: row.userId, name: row.printedName },
  decision: row.decision,
  meaning: row.meaning,
  reason: row.reason,
  method: row.method,
  statementDigest: row.statementDigest,
  castAt: row.castAt,
});
