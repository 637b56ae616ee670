import { expect, test } from "vitest";
import { onPath } from "./on-path.ts";

const edges = [
  { from: "data", to: "train" },
  { from: "train", to: "model" },
  { from: "train", to: "sibling" },
  { from: "model", to: "evaluate" },
  { from: "test-data", to: "evaluate" },
];

test("ancestors and descendants are on the path, siblings and a descendant's other inputs are not", () => {
  expect([...onPath("model", edges)].toSorted()).toEqual(["data", "evaluate", "model", "train"]);
});
test("a circle ends", () => {
  const circle = [...edges, { from: "model", to: "train" }];
  expect(onPath("train", circle).has("data")).toBe(true);
});
