import { expect, test } from "vitest";
import { faultsOf } from "./fault.ts";
import { JobSpec } from "./job/submit.ts";
import { unstorableText } from "./storable.ts";

const sound = {
  name: "a-job",
  kind: "fine-tune",
  recipe: "lora-sft",
  compute: { target: "local" },
};
const said = (changed: object): string[] => {
  const parsed = JobSpec.safeParse({ ...sound, ...changed });
  return parsed.success ? [] : faultsOf(parsed.error).map((f) => `${f.field}: ${f.message}`);
};

test.each([
  ["an unknown key", { gpus: 4 }, "gpus: there is no such field"],
  [
    "an unknown key further in",
    { compute: { target: "local", node: 2 } },
    "compute.node: there is no such field",
  ],
  ["a field left out", { compute: undefined }, "compute: is missing"],
  [
    "a word where a number belongs",
    { compute: { target: "local", nodes: "two" } },
    "compute.nodes: must be a number",
  ],
  [
    "half a node",
    { compute: { target: "local", nodes: 1.5 } },
    "compute.nodes: must be a whole number",
  ],
  [
    "more nodes than anything has",
    { compute: { target: "local", nodes: 513 } },
    "compute.nodes: must be at most 512",
  ],
  [
    "no node at all",
    { compute: { target: "local", nodes: 0 } },
    "compute.nodes: must be at least 1",
  ],
  [
    "a time in words",
    { limits: { timeout: "12 hours" } },
    "limits.timeout: use an ISO 8601 duration of at least a second with its unit, e.g. PT12H or PT30M",
  ],
  [
    "a time without its unit",
    { limits: { timeout: 12 } },
    "limits.timeout: use an ISO 8601 duration of at least a second with its unit, e.g. PT12H or PT30M",
  ],
  [
    "money in another currency",
    { limits: { maxCost: { amount: 10, currency: "YEN" } } },
    "limits.maxCost.currency: must be one of USD, EUR, CHF, GBP",
  ],
  [
    "money without its currency",
    { limits: { maxCost: 10 } },
    "limits.maxCost: must be a group of fields",
  ],
  [
    "an unknown kind",
    { kind: "train" },
    "kind: must be one of pretrain, fine-tune, evaluate, prepare",
  ],
  [
    "a parameter that is a group",
    { parameters: { lr: { start: 1 } } },
    "parameters.lr: must be a number, a text, or true or false",
  ],
  [
    "an input whose name is no name",
    { inputs: { "My Data": "model://base@1" } },
    "inputs.My Data: this name cannot be used: use lower-case letters, digits and single hyphens, beginning with a letter",
  ],
  [
    "code that climbs out of its folder",
    {
      recipe: undefined,
      code: { command: ["a"], files: [{ path: "../a", sha256: "0".repeat(64), sizeBytes: 1 }] },
    },
    "code.files.0.path: a path must stay inside its folder: no '..', no leading '/', no backslash, no empty part",
  ],
])("%s is told by its field, in words for people", (_, changed, expected) => {
  expect(said(changed)).toEqual([expected]);
});

test("text that no database holds is found by its field, and anything else passes", () => {
  expect(unstorableText({ spec: { tags: ["a", "b\0"] } })).toBe("spec.tags.1");
  expect(unstorableText({ spec: { name: "half \ud83d" } })).toBe("spec.name");
  expect(unstorableText({ spec: { "k\0": 1 } })).toBe("spec");
  expect(unstorableText("a\0")).toBe("");
  expect(unstorableText(JSON.parse("[".repeat(200_000) + "]".repeat(200_000)))).toBeNull();
  expect(unstorableText({ a: "naïve 😀 \n\t", b: [1, null, true], c: undefined })).toBeNull();
});
