import { mayDo } from "../access/permission.ts";
import type { Role } from "../access/role.ts";
import type { PromotionStatus } from "./promotion.ts";

export interface MayVote {
  readonly allowed: boolean;
  /** For people; null where they may. */
  readonly why: string | null;
}

/** Separation of duties, in the order a person would ask. SQL refuses the same again, whoever asks. */
export function mayVote(
  promotion: {
    readonly status: PromotionStatus;
    readonly requestedBy: string;
    readonly excluded: readonly string[];
    readonly voters: readonly string[];
  },
  asker: { readonly userId: string; readonly roles: readonly Role[] },
): MayVote {
  const no = (why: string): MayVote => ({ allowed: false, why });
  if (promotion.status !== "open") return no(`The request is ${promotion.status}.`);
  if (!mayDo(asker.roles, "promotion:vote")) return no("Only members of the board vote.");
  if (promotion.voters.includes(asker.userId)) return no("You have voted on it.");
  if (promotion.requestedBy === asker.userId) return no("You asked for this promotion.");
  if (promotion.excluded.includes(asker.userId))
    return no("You worked on this model or one it was made from.");
  return { allowed: true, why: null };
}
