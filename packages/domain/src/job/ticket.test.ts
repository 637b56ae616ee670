import { expect, test } from "vitest";
import { answerTicket, ExchangeTicket, type TicketAnswer, type TicketFacts } from "./ticket.ts";

const now = new Date("2026-11-22T12:00:00Z");
const ago = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();
const facts = { rank: 1, ranks: 2, nonceHash: "mine", before: null };

test.each<[string, Partial<TicketFacts>, TicketAnswer]>([
  ["nobody has asked for this rank yet", {}, "first"],
  [
    "the same process asks again, its answer was lost",
    { before: { nonceHash: "mine", at: ago(14) } },
    "again",
  ],
  ["the same words come much later", { before: { nonceHash: "mine", at: ago(16) } }, "used"],
  ["somebody else asks a moment later", { before: { nonceHash: "other", at: ago(0) } }, "used"],
  ["the attempt has no such rank", { rank: 2 }, "no-such-rank"],
])("%s", (_, change, answer) => {
  expect(answerTicket({ ...facts, ...change }, now)).toBe(answer);
});

test.each([
  ["a short ticket", { ticket: "abc" }],
  ["a rank below the first", { rank: -1 }],
  ["half a rank", { rank: 0.5 }],
  ["a nonce anybody may guess", { nonce: "1" }],
  ["a word nobody asked for", { extra: 1 }],
])("refused at the door: %s", (_, change) => {
  const whole = { ticket: "a".repeat(43), rank: 0, nonce: "n".repeat(32) };
  expect(ExchangeTicket.safeParse(whole).success).toBe(true);
  expect(ExchangeTicket.safeParse({ ...whole, ...change }).success).toBe(false);
});
