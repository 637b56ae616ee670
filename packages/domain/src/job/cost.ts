import { costAt, moneyText, type NodePrice } from "../compute-target/price.ts";
import { durationMs } from "../duration.ts";
import type { Money } from "../money.ts";
import { z } from "zod";
import { Compute, Limits } from "./submit.ts";

/** What a job may come to, before it starts. */
export interface CostEstimate {
  readonly price: NodePrice;
  readonly nodes: number;
  /** One attempt that runs until `limits.timeout`. */
  readonly anAttempt: Money;
  /** Every allowed attempt, each until `limits.timeout`; no more than `limits.maxCost`. */
  readonly atMost: Money;
}

/** The parts of a spec that its cost depends on; a draft of it may have them before the rest. */
export const CostWishes = z.object({ compute: Compute, limits: Limits.prefault({}) });
export type CostWishes = z.infer<typeof CostWishes>;

export function estimateCost({ compute, limits }: CostWishes, price: NodePrice): CostEstimate {
  const anAttempt = costAt(price, compute.nodes, durationMs(limits.timeout) ?? 0);
  const all = anAttempt.amount * limits.maxAttempts;
  const amount = Math.min(all, limits.maxCost?.amount ?? all);
  return { price, nodes: compute.nodes, anAttempt, atMost: { ...anAttempt, amount } };
}

/** What a job's cost is computed from; a job without a price has none. */
export interface CostFacts {
  /** As it was when the job was accepted: a later price list changes no running job. */
  readonly price: NodePrice;
  readonly nodes: number;
  readonly limit: Money | null;
  readonly attempts: readonly { readonly startedAt: Date | null; readonly endedAt: Date | null }[];
}

/** From each attempt's first process to its end, for all its nodes. Waiting in a queue costs nothing here; idle nodes of a cluster are nobody's. */
export function costSoFar({ price, nodes, attempts }: CostFacts, now: Date): Money {
  const ranMs = attempts.reduce(
    (sum, { startedAt, endedAt }) =>
      startedAt === null
        ? sum
        : sum + Math.max(0, (endedAt ?? now).getTime() - startedAt.getTime()),
    0,
  );
  return costAt(price, nodes, ranMs);
}

/** The sentence for a job that reached its limit; null while it has not. */
export function costLimitReached(facts: CostFacts | null, now: Date): string | null {
  if (facts === null || facts.limit === null) return null;
  const spent = costSoFar(facts, now);
  return spent.amount >= facts.limit.amount
    ? `It came to ${moneyText(spent)}; limits.maxCost is ${moneyText(facts.limit)}.`
    : null;
}
