import type { LineageKind } from "@preceptor/domain";
import { expect, test } from "vitest";
import { fold } from "./fold.ts";

const node = (id: string, kind: LineageKind) => ({
  id,
  kind,
  label: id,
  detail: "",
  status: null,
  digest: null,
});
const edge = (from: string, to: string, label: string) => ({ from, to, label });
const graph = (focus: string) => ({
  focus,
  nodes: [
    node("data", "dataset-version"),
    node("train", "job"),
    node("kept", "checkpoint"),
    node("model", "model-version"),
    node("measure", "job"),
    node("score", "evaluation"),
  ],
  edges: [
    edge("data", "train", "train"),
    edge("train", "kept", "wrote"),
    edge("kept", "model", "became"),
    edge("model", "measure", "model"),
    edge("data", "measure", "test"),
    edge("measure", "score", "measured"),
  ],
});

test("a checkpoint and an evaluating job that only hand on are left out, and the ends meet", () => {
  const { nodes, edges } = fold(graph("model"));
  expect(nodes.map(({ id }) => id)).toEqual(["data", "train", "model", "score"]);
  expect(edges).toEqual([
    edge("data", "train", "train"),
    edge("train", "model", "wrote"),
    edge("model", "score", "model"),
    edge("data", "score", "test"),
  ]);
});

test("what one looks at stays, whatever it is", () => {
  expect(fold(graph("kept")).nodes.map(({ id }) => id)).toContain("kept");
  expect(fold(graph("measure")).nodes.map(({ id }) => id)).toContain("measure");
});
