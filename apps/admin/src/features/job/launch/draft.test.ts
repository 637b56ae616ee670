import { expect, test } from "vitest";
import { valueAt, withValue } from "./draft.ts";

test("a value is set along its path, the rest stays", () => {
  const draft = { name: "a", compute: { target: "local" } };
  expect(withValue(draft, ["compute", "nodes"], 2)).toEqual({
    name: "a",
    compute: { target: "local", nodes: 2 },
  });
  expect(draft).toEqual({ name: "a", compute: { target: "local" } });
});
test("taking the last key away takes its object away", () => {
  expect(withValue({ name: "a", output: { model: "m" } }, ["output", "model"], undefined)).toEqual({
    name: "a",
  });
});
test("a path through something that is no object finds nothing", () => {
  expect(valueAt({ compute: 3 }, ["compute", "nodes"])).toBeUndefined();
});
