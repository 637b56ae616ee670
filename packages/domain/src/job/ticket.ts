import { z } from "zod";

/** What a process of an attempt sends where its environment is readable by others: the ticket found there, once, for its secrets. */
export const ExchangeTicket = z.strictObject({
  ticket: z.string().regex(/^[\w-]{43}$/, "is not a ticket"),
  rank: z.number().int().min(0).max(999_999),
  /** Made by the process and kept by it alone: an answer that was lost may be asked for again with it. */
  nonce: z.string().regex(/^[\w-]{20,64}$/, "must be 20 to 64 letters, digits, - or _"),
});
export type ExchangeTicket = z.infer<typeof ExchangeTicket>;

/** So long a lost answer may be asked for again. */
export const ANSWER_AGAIN_MS = 15 * 60_000;

export interface TicketFacts {
  readonly rank: number;
  readonly nonceHash: string;
  /** Processes of the attempt. */
  readonly ranks: number;
  /** Who has had this rank's secrets already. */
  readonly before: { readonly nonceHash: string; readonly at: string } | null;
}
export type TicketAnswer = "first" | "again" | "used" | "no-such-rank";

/**
 * Whether a rank's secrets are handed out. Once is enough: a process that was begun a second time on other machines refuses to go on by
 * itself, so a second asker is somebody who read the ticket where it stands.
 */
export function answerTicket(
  { rank, ranks, nonceHash, before }: TicketFacts,
  now: Date,
): TicketAnswer {
  if (rank >= ranks) return "no-such-rank";
  if (before === null) return "first";
  const isSame = before.nonceHash === nonceHash;
  return isSame && now.getTime() - Date.parse(before.at) <= ANSWER_AGAIN_MS ? "again" : "used";
}
