import { expect, test } from "vitest";
import type { RecipeDefinition } from "../recipe/recipe.ts";
import { azureSettings, price } from "../compute-target/azure-ml/testing/an-azure-target.ts";
import { planJob, type PlanFacts } from "./plan.ts";
import { JobSpec } from "./submit.ts";

const spec = JobSpec.parse({
  name: "notes-lora",
  kind: "fine-tune",
  recipe: "lora-sft",
  inputs: { train: "dataset://notes@3/train", base: "model://meridian-base@2" },
  compute: { target: "local", nodes: 2 },
});
const definition: RecipeDefinition = {
  name: "lora-sft",
  version: 1,
  title: "LoRA",
  description: "",
  kind: "fine-tune",
  entry: "main.py",
  requirements: "requirements.txt",
  inputs: {
    train: { type: "dataset", required: true, description: "" },
    base: { type: "model", required: true, description: "" },
  },
  output: "model",
  parameters: { type: "object", properties: {}, additionalProperties: false },
};
const dataset = {
  type: "dataset" as const,
  id: "dsv_1",
  digest: "sha256:a",
  permit: { deIdentification: "synthetic" as const, statement: "made up", purposes: [] },
  files: 1,
  splits: ["train"],
};
const facts: PlanFacts = {
  now: new Date("2026-05-01T12:00:00Z"),
  target: {
    id: "tgt_1",
    settings: { maxNodes: 2, maxProcessesPerNode: 1, diskQuotaBytes: 1, logLimitBytes: 1 },
  },
  recipe: { id: "rec_1", definition },
  inputs: { train: dataset, base: { type: "model", id: "mdv_1", digest: "sha256:b" } },
  parameters: { values: { epochs: 1 }, issues: [] },
  suites: [],
  missingCode: [],
};
const priced = {
  id: "tgt_2",
  settings: { ...facts.target!.settings, azure: azureSettings([price("dedicated", 10)]) },
};
const fields = (changed: Partial<JobSpec>, known: Partial<PlanFacts> = {}): string[] => {
  const outcome = planJob({ ...spec, ...changed }, { ...facts, ...known });
  return "issues" in outcome ? outcome.issues.map(({ field }) => field) : [];
};

test("a sound spec becomes a plan whose inputs carry ids and digests", () => {
  expect(planJob(spec, facts)).toMatchObject({
    plan: {
      recipeId: "rec_1",
      parameters: { epochs: 1 },
      inputs: [
        { name: "train", datasetVersionId: "dsv_1", split: "train", digest: "sha256:a" },
        { name: "base", modelVersionId: "mdv_1", split: null },
      ],
    },
  });
});

test("a target with a price tells what the job may come to, attempt by attempt and at most", () => {
  const cost = (limits: Partial<JobSpec["limits"]>) => {
    const outcome = planJob(
      { ...spec, limits: { ...spec.limits, timeout: "PT6H", maxAttempts: 3, ...limits } },
      { ...facts, target: priced },
    );
    return "plan" in outcome ? outcome.plan.cost : outcome;
  };
  expect(cost({})).toMatchObject({
    nodes: 2,
    anAttempt: { amount: 120, currency: "USD" },
    atMost: { amount: 360, currency: "USD" },
  });
  expect(cost({ maxCost: { amount: 200, currency: "USD" } })).toMatchObject({
    atMost: { amount: 200, currency: "USD" },
  });
  expect(planJob(spec, facts)).toMatchObject({ plan: { cost: null } });
});

test.each([
  [
    "more nodes than the target has",
    fields({ compute: { ...spec.compute, nodes: 3 } }),
    ["compute.nodes"],
  ],
  [
    "more processes on a node than the target takes",
    fields({ compute: { ...spec.compute, processesPerNode: 2 } }),
    ["compute.processesPerNode"],
  ],
  [
    "three weeks and an hour, where dedicated machines are taken back after three weeks",
    fields({ limits: { ...spec.limits, timeout: "P21DT1H" } }, { target: priced }),
    ["limits.timeout"],
  ],
  [
    "three weeks there",
    fields({ limits: { ...spec.limits, timeout: "P21D" } }, { target: priced }),
    [],
  ],
  [
    "eight days on spot machines, which are taken back after seven",
    fields(
      {
        compute: { ...spec.compute, tier: "spot" },
        limits: { ...spec.limits, timeout: "P8D" },
      },
      { target: priced },
    ),
    ["limits.timeout"],
  ],
  ["a year on this machine", fields({ limits: { ...spec.limits, timeout: "P365D" } }), []],
  [
    "a cost limit that nobody could keep",
    fields({ limits: { ...spec.limits, maxCost: { amount: 5, currency: "USD" } } }),
    ["limits.maxCost"],
  ],
  [
    "a cost limit on a tier that has no price",
    fields(
      {
        compute: { ...spec.compute, tier: "spot" },
        limits: { ...spec.limits, maxCost: { amount: 5, currency: "USD" } },
      },
      { target: priced },
    ),
    ["limits.maxCost"],
  ],
  [
    "a cost limit in another currency than the prices",
    fields(
      { limits: { ...spec.limits, maxCost: { amount: 5, currency: "EUR" } } },
      { target: priced },
    ),
    ["limits.maxCost.currency"],
  ],
  [
    "a cost limit of nothing",
    fields(
      { limits: { ...spec.limits, maxCost: { amount: 0, currency: "USD" } } },
      { target: priced },
    ),
    ["limits.maxCost.amount"],
  ],
  [
    "a machine and an image, where the target leaves no choice",
    fields({ compute: { ...spec.compute, instanceType: "Standard_A100", image: "a/b:1" } }),
    ["compute.instanceType", "compute.image"],
  ],
  [
    "a machine nobody allows, once: of its price nothing can be said",
    fields(
      {
        compute: { ...spec.compute, instanceType: "Standard_V100" },
        limits: { ...spec.limits, maxCost: { amount: 5, currency: "USD" } },
      },
      { target: priced },
    ),
    ["compute.instanceType"],
  ],
  ["an unknown target", fields({}, { target: null }), ["compute.target"]],
  ["an unknown recipe", fields({}, { recipe: null }), ["recipe"]],
  ["a recipe of another kind", fields({ kind: "pretrain" }), ["kind"]],
  [
    "a required input left out",
    fields({ inputs: { train: "dataset://notes@3/train" } }),
    ["inputs.base"],
  ],
  [
    "a dataset where a model belongs",
    fields({ inputs: { ...spec.inputs, base: "dataset://notes@3/train" } }),
    ["inputs.base"],
  ],
  [
    "an input the recipe does not take",
    fields(
      { inputs: { ...spec.inputs, extra: "model://meridian-base@2" } },
      { inputs: { ...facts.inputs, extra: { type: "model", id: "mdv_1", digest: "sha256:b" } } },
    ),
    ["inputs.extra"],
  ],
  [
    "a dataset version that does not exist",
    fields({}, { inputs: { ...facts.inputs, train: null } }),
    ["inputs.train"],
  ],
  [
    "an empty split",
    fields({}, { inputs: { ...facts.inputs, train: { ...dataset, files: 0 } } }),
    ["inputs.train"],
  ],
  [
    "an expired permit",
    fields(
      {},
      {
        inputs: {
          ...facts.inputs,
          train: { ...dataset, permit: { ...dataset.permit, expiresAt: "2026-05-01T11:00:00Z" } },
        },
      },
    ),
    ["inputs.train"],
  ],
  [
    "an unknown suite",
    fields({ evaluate: ["quality@9"], output: { model: "notes" } }),
    ["evaluate.0"],
  ],
  [
    "several things at once",
    fields(
      { kind: "pretrain", evaluate: ["quality@9"], output: { model: "notes" } },
      { target: null },
    ),
    ["compute.target", "kind", "evaluate.0"],
  ],
])("%s is named by its field", (_, found, expected) => {
  expect(found).toEqual(expected);
});

test.each([
  ["mpi has no launcher on this machine", "mpi", facts.target, ["distribution"]],
  ["no launcher is needed for none", "none", facts.target, []],
  ["an image brings a launcher for mpi", "mpi", priced, []],
] as const)("%s", (_name, distribution, target, issues) => {
  expect(fields({ distribution }, { target })).toEqual([...issues]);
});

test("a name that stands for nothing is answered with what there is", () => {
  const outcome = planJob(spec, {
    ...facts,
    target: null,
    recipe: null,
    known: { targets: ["gpu", "local"], recipes: [] },
  });
  expect("issues" in outcome && outcome.issues.map(({ message }) => message)).toEqual([
    "There is no compute target called local. There are gpu, local.",
    "There is no recipe called lora-sft. There is none yet.",
  ]);
});
