import { expect, test } from "vitest";
import { findFault } from "./migrate.ts";

const one = { tag: "0000_one", when: 100, hash: "a" };
const two = { tag: "0001_two", when: 200, hash: "b" };

test.each([
  { name: "an empty database takes all", known: [one, two], applied: [], fault: undefined },
  {
    name: "a database one behind takes the newer one",
    known: [one, two],
    applied: [one],
    fault: undefined,
  },
  { name: "nothing is left to do", known: [one, two], applied: [one, two], fault: undefined },
  {
    name: "one older than the last applied would be skipped in silence",
    known: [one, two],
    applied: [two],
    fault: /0000_one is older/,
  },
  {
    name: "a journal that goes back in time",
    known: [two, one],
    applied: [],
    fault: /0000_one is dated before 0001_two/,
  },
  {
    name: "one that was edited after it was applied",
    known: [{ ...one, hash: "z" }],
    applied: [one],
    fault: /0000_one was changed/,
  },
  {
    name: "a database from a newer version",
    known: [one],
    applied: [one, two],
    fault: /does not know/,
  },
])("$name", ({ known, applied, fault }) => {
  const found = findFault(known, applied);
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(fault);
});
