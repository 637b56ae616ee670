import { DomainError, type DomainErrorCode } from "@preceptor/domain";

/** What the database's own guards on votes and decisions (migration `guards`) say, in our words. */
const guards: Readonly<Record<string, readonly [DomainErrorCode, string]>> = {
  PR001: ["not-found", "There is no such promotion."],
  PR002: ["conflict", "The promotion is no longer open."],
  PR003: ["digest-mismatch", "The vote names another dossier than the one that was frozen."],
  PR004: ["forbidden", "You asked for this promotion or worked on its model, so you may not vote."],
  PR005: ["conflict", "A decided promotion does not change."],
  "23505": ["conflict", "You have voted on it."],
};

/** Turns a guard's refusal into a DomainError; anything else goes on as it is. */
export function asRefusal(error: unknown): unknown {
  for (let at = error; at instanceof Error; at = at.cause) {
    const refusal = "code" in at && typeof at.code === "string" ? guards[at.code] : undefined;
    if (refusal) return new DomainError(refusal[0], refusal[1], { cause: error });
  }
  return error;
}
