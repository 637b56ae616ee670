import { evaluation, evaluationItem } from "@preceptor/db";
import { expect, test } from "vitest";
import {
  aCompleteEvaluation,
  anEvaluateJob,
  aReport,
  aSuite,
} from "../testing/a-complete-evaluation.ts";
import { aComputeTarget, aDataset, aTrainedModel } from "../testing/a-trained-model.ts";
import { aWorld } from "../testing/index.ts";
import { reading } from "../transaction.ts";
import { compareEvaluations, importEvaluation, listEvaluations, startEvaluation } from "./index.ts";

const patients = Array.from({ length: 40 }, (_, i) => `p${i}`);
const scores = (right: number) => patients.map((_, i) => (i < right ? 1 : 0));

async function aStage() {
  const world = await aWorld();
  const ada = await world.aMember("Ada", "engineer");
  const test = await aDataset(world, ada, "notes", { test: patients });
  const suite = await aSuite(world, ada, test);
  const model = await aTrainedModel(world, ada, "summary");
  return { world, ada, test, suite, model };
}

test("a whole report becomes a score with its interval and digest; importing it again changes nothing", async () => {
  const stage = await aStage();
  const jobId = await anEvaluateJob(stage.world, stage.ada, stage.suite, stage.model, stage.test);
  const first = await importEvaluation(stage.world.system, { jobId, ...aReport(scores(30)) });
  expect(first).toMatchObject({
    status: "complete",
    score: { mean: 0.75, n: 40, clusters: 40 },
    modelVersion: { digest: stage.model.digest },
  });
  expect(first.score!.lower).toBeLessThan(0.75);
  expect(first.digest).toMatch(/^sha256:/);
  const again = await importEvaluation(stage.world.system, { jobId, ...aReport(scores(40)) });
  expect(again).toEqual(first);
  const kept = await reading(stage.ada, (tx) => tx.select().from(evaluationItem));
  expect(kept).toHaveLength(40);
});

test.each<[string, (report: ReturnType<typeof aReport>) => unknown, RegExp]>([
  [
    "text beside a score",
    (r) => (r.items[3] = r.items[3]!.replace("{", '{"text":"the patient was admitted",')),
    /Line 4/,
  ],
  ["fewer scores than the report counts", (r) => r.items.splice(0, 2), /counts 40 items; 39/],
  ["a limited run", (r) => Object.assign(r.results.config, { limit: 40 }), /limited/],
  [
    "a figure its items do not average to",
    (r) => (r.results.results.discharge_quality["acc,none"] = 0.99),
    /average/,
  ],
  ["an item scored twice", (r) => r.items.push(r.items[0]!), /second time/],
])(
  "%s refuses the report, keeps no score, and the refusal quotes nothing",
  async (_name, spoil, reason) => {
    const stage = await aStage();
    const jobId = await anEvaluateJob(stage.world, stage.ada, stage.suite, stage.model, stage.test);
    const report = aReport(scores(30));
    spoil(report);
    const found = await importEvaluation(stage.world.system, { jobId, ...report });
    expect(found).toMatchObject({ status: "refused", score: null, digest: null });
    expect(found.refusal).toMatch(reason);
    expect(found.refusal).not.toMatch(/admitted/);
    expect(await reading(stage.ada, (tx) => tx.select().from(evaluationItem))).toEqual([]);
  },
);

test("starting twice with one key is one job and one evaluation", async () => {
  const { world, ada, model } = await aStage();
  await aComputeTarget(world);
  const input = {
    suite: "quality@1",
    model: "summary@1",
    target: "here",
    idempotencyKey: "once-and-again",
  };
  const [one, two] = await Promise.all([startEvaluation(ada, input), startEvaluation(ada, input)]);
  expect(two.job.id).toBe(one.job.id);
  expect(one.evaluation).toMatchObject({ status: "pending", modelVersion: { id: model.id } });
  expect(one.job).toMatchObject({
    kind: "evaluate",
    spec: { parameters: { task: "discharge_quality" } },
  });
  expect(await reading(ada, (tx) => tx.select().from(evaluation))).toHaveLength(1);
});

test("two models are compared on the same items, and listed by model", async () => {
  const stage = await aStage();
  const better = await aTrainedModel(stage.world, stage.ada, "summary");
  const other = await aCompleteEvaluation(stage.world, stage.ada, { ...stage, values: scores(20) });
  const candidate = await aCompleteEvaluation(stage.world, stage.ada, {
    ...stage,
    model: better,
    values: scores(30),
  });
  const found = await compareEvaluations(stage.ada, {
    candidateId: candidate.id,
    otherId: other.id,
  });
  expect(found).toMatchObject({
    wins: 10,
    losses: 0,
    ties: 30,
    resamples: 10_000,
    difference: { mean: 0.25 },
  });
  expect(found.difference.lower).toBeGreaterThan(0);
  const listed = await listEvaluations(stage.ada, {
    limit: 10,
    model: "summary@2",
    suite: "quality",
  });
  expect(listed.items.map((one) => one.id)).toEqual([candidate.id]);
});
