import { expect, test } from "vitest";
import { mayVote } from "./may-vote.ts";
import { tally } from "./tally.ts";

const votes = (text: string) =>
  [...text].map((one) => ({ decision: one === "a" ? ("approve" as const) : ("reject" as const) }));

test.each([
  ["no vote decides nothing", "", 1, "open"],
  ["one approval of one approves", "a", 1, "approved"],
  ["one approval of two decides nothing", "a", 2, "open"],
  ["two approvals of two approve, in spite of a rejection", "ara", 2, "approved"],
  ["one rejection of two decides nothing", "r", 2, "open"],
  ["two rejections of two reject, in spite of an approval", "rar", 2, "rejected"],
  ["one rejection of one rejects", "r", 1, "rejected"],
])("%s", (_name, cast, approvals, outcome) => {
  expect(tally(votes(cast), { approvals })).toBe(outcome);
});

const promotion = {
  status: "open" as const,
  requestedBy: "ada",
  excluded: ["tom"],
  voters: ["vic"],
};
test.each([
  ["a board member who had no part in it may", "bob", "board", null],
  ["an engineer may not", "eve", "engineer", /Only members of the board/],
  ["who asked for it may not, board member or not", "ada", "board", /You asked/],
  ["who trained it or an ancestor may not", "tom", "board", /You worked on/],
  ["who has voted may not again", "vic", "board", /You have voted/],
])("%s", (_name, userId, role, why) => {
  const found = mayVote(promotion, { userId, roles: [role as "board" | "engineer"] });
  expect(found.allowed).toBe(why === null);
  if (why) expect(found.why).toMatch(why);
});

test("nobody votes on what is decided", () => {
  const found = mayVote({ ...promotion, status: "approved" }, { userId: "bob", roles: ["board"] });
  expect(found.allowed).toBe(false);
});
