import { expect, test } from "vitest";
import { checkpointRefusal, isWeights, stepOf } from "./refuse.ts";

test.each([
  ["a model's weights", "model.safetensors", true],
  ["one of several parts", "model-00001-of-00002.safetensors", true],
  ["an adapter", "adapter_model.safetensors", true],
  ["the optimizer's state", "optimizer.safetensors", false],
  ["random states", "random_states.safetensors", false],
])("%s counts as weights or not", (_, path, expected) => {
  expect(isWeights(path)).toBe(expected);
});

test.each(["pytorch_model.bin", "sub/optimizer.pt", "last.CKPT", "x.pkl"])(
  "%s is refused by name",
  (path) => {
    expect(checkpointRefusal(["model.safetensors", path])).toContain(path);
  },
);

test.each([
  ["checkpoint-40", 40],
  ["checkpoint-", null],
  ["model", null],
])("%s names step %s", (name, step) => {
  expect(stepOf(name)).toBe(step);
});
