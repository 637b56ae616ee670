import { expect, test } from "vitest";
import { beginsAsPickle, checkpointRefusal, isWeights, stepOf } from "./refuse.ts";

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
  ["protocol 4", "\x80\x04\x95\x10", true],
  ["protocol 2", "\x80\x02}q\x00.", true],
  ["protocol 0 that calls os.system", "cos\nsystem\n(S'id'\ntR.", true],
  ["protocol 0 of a dictionary", "(dp0\nS'a'\n", true],
  ["torch.save's archive", "PK\x03\x04\x00\x00archive/data.pklFB", true],
  ["an array of numpy's objects", "\x93NUMPY\x01\x00v\x00{'descr': '|O', ", true],
  ["an array of numbers", "\x93NUMPY\x01\x00v\x00{'descr': '<f4', ", false],
  ["another archive", "PK\x03\x04\x00\x00word/document.xml", false],
  ["JSON", '{"model_type": "gpt2"}', false],
  ["a text that begins with a bracket", "(see the report)\n", false],
  ["a vocabulary that begins with c", "cats\ndogs\nemus\n", false],
  ["nothing", "", false],
])("%s is a pickle or not by its first bytes", (_, text, expected) => {
  expect(beginsAsPickle(Buffer.from(text, "latin1"))).toBe(expected);
});

test.each([
  ["checkpoint-40", 40],
  ["checkpoint-", null],
  ["model", null],
])("%s names step %s", (name, step) => {
  expect(stepOf(name)).toBe(step);
});
