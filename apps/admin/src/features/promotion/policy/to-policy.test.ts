import { DefinePolicy } from "@preceptor/domain";
import { expect, test } from "vitest";
import { problemsInDraft, toPolicy } from "./to-policy.ts";

const draft = {
  name: "discharge-pilot",
  title: "",
  stage: "pilot",
  suite: "discharge-quality@1",
  floor: 0.25,
  margin: "",
  patients: 40,
  approvals: 2,
  validityDays: 365,
} as const;

test("a figure left empty asks for no gate, and validity and leakage are always asked", () => {
  const policy = DefinePolicy.parse(toPolicy(draft));
  expect(policy.gates.map((gate) => gate.gate)).toEqual([
    "validity",
    "leakage",
    "floor",
    "sample-size",
  ]);
  expect(policy.acceptNotRun).toEqual([]);
});
test("with a margin, the first model for a purpose can still be voted on", () => {
  expect(DefinePolicy.parse(toPolicy({ ...draft, margin: 0.05 }))).toMatchObject({
    title: "discharge-pilot",
    acceptNotRun: ["non-inferiority"],
  });
});
test("what a rule says against a gate stands at the figure it was made from, in the form's own words", () => {
  expect(problemsInDraft(draft)).toEqual({});
  expect(
    problemsInDraft({ ...draft, name: "Not a name", suite: "", patients: 0.5, floor: Number.NaN }),
  ).toMatchObject({
    name: expect.stringContaining("lower-case"),
    suite: "Choose a suite",
    patients: expect.any(String),
    floor: expect.any(String),
  });
});
