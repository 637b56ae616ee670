import { evaluationItem } from "@preceptor/db";
import {
  comparePaired,
  DomainError,
  type CompareEvaluations,
  type Evaluation,
  type EvaluationComparison,
  type ItemScore,
} from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { reading } from "../transaction.ts";
import { evaluationById } from "./view.ts";

/** Candidate − other on the same items, with its interval. */
export async function compareEvaluations(
  ctx: ServiceContext,
  input: CompareEvaluations,
): Promise<EvaluationComparison> {
  authorise(ctx.caller, "evaluation:read");
  return reading(ctx, async (tx) => {
    const candidate = await evaluationById(tx, input.candidateId);
    const other = await evaluationById(tx, input.otherId);
    return compareIn(tx, candidate, other);
  });
}

/** The seed is the candidate's stored one: the same pair always gives the same interval. */
export async function compareIn(
  tx: Transaction,
  candidate: Evaluation,
  other: Evaluation,
): Promise<EvaluationComparison> {
  if (candidate.suite.id !== other.suite.id)
    throw new DomainError("invalid", "Only evaluations of the same suite version are compared.");
  if (candidate.status !== "complete" || other.status !== "complete")
    throw new DomainError("invalid", "Only complete evaluations are compared.");
  const { seed } = candidate;
  const { difference, wins, losses, ties, resamples } = comparePaired(
    await itemsOf(tx, candidate.id),
    await itemsOf(tx, other.id),
    { higherIsBetter: candidate.suite.higherIsBetter, seed },
  );
  return { candidate, other, difference, wins, losses, ties, seed, resamples };
}

const itemsOf = (tx: Transaction, evaluationId: string): Promise<ItemScore[]> =>
  tx
    .select({
      item: evaluationItem.itemHash,
      cluster: evaluationItem.clusterHash,
      value: evaluationItem.value,
    })
    .from(evaluationItem)
    .where(eq(evaluationItem.evaluationId, evaluationId));
