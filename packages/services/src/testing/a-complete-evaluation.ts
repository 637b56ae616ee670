import { createHash } from "node:crypto";
import { job, recipe } from "@preceptor/db";
import {
  DefineEvaluationSuite,
  type Evaluation,
  type EvaluationSuite,
  type ModelVersion,
} from "@preceptor/domain";
import { eq } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";
import { defineSuite, importEvaluation } from "../evaluation/index.ts";
import { transaction } from "../transaction.ts";
import { aFinishedJob, type ADataset } from "./a-trained-model.ts";
import { newId, type World } from "./world.ts";

type Member = ServiceContext & { caller: { userId: string; name: string } };
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The recipe a suite needs, as `packages/recipes/lm-eval` says it. */
export async function anEvaluateRecipe(world: World): Promise<void> {
  await transaction(world.system, (tx) =>
    tx
      .insert(recipe)
      .values({
        id: newId("recipe"),
        organizationId: world.organizationId,
        name: "lm-eval",
        version: 1,
        digest: `sha256:${hash("lm-eval")}`,
        definition: {
          name: "lm-eval",
          version: 1,
          title: "Evaluate",
          description: "",
          kind: "evaluate",
          entry: "main.py",
          requirements: "requirements.txt",
          inputs: {
            model: { type: "model", required: true, description: "" },
            test: { type: "dataset", required: true, description: "" },
          },
          output: "evaluation",
          parameters: {
            type: "object",
            additionalProperties: false,
            properties: { task: { type: "string" } },
          },
        },
        files: [{ path: "main.py", sha256: hash("main"), sizeBytes: 1 }],
      })
      .onConflictDoNothing(),
  );
}

/** `quality@1`, measured on the test split of this dataset. */
export async function aSuite(
  world: World,
  by: ServiceContext,
  test: ADataset,
  name = "quality",
): Promise<EvaluationSuite> {
  await anEvaluateRecipe(world);
  return defineSuite(
    by,
    DefineEvaluationSuite.parse({
      name,
      title: "Quality of summaries",
      recipe: "lm-eval",
      task: "discharge_quality",
      test: `dataset://${test.name}@1/test`,
      metric: "acc",
    }),
  );
}

/** results.json and items.jsonl as the harness writes them, for these scores of patients 0, 1, 2 … */
export function aReport(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    results: {
      results: { discharge_quality: { alias: "discharge_quality", "acc,none": mean } },
      "n-samples": { discharge_quality: { original: values.length, effective: values.length } },
      config: { limit: null },
      versions: { discharge_quality: 1 },
      "n-shot": { discharge_quality: 0 },
    },
    items: values.flatMap((value, i) =>
      [value, 0].map((score, k) =>
        JSON.stringify({
          item: hash(`item-${i}`),
          cluster: hash(`patient-${i}`).slice(0, 32),
          metric: k === 0 ? "acc" : "acc_norm",
          filter: "none",
          value: score,
        }),
      ),
    ),
  };
}

/** A finished job of kind evaluate whose report nobody has imported yet. */
export async function anEvaluateJob(
  world: World,
  by: Member,
  suite: EvaluationSuite,
  model: ModelVersion,
  test: ADataset,
): Promise<string> {
  const { jobId } = await aFinishedJob(world, by, "evaluate", [
    { name: "model", model },
    { name: "test", dataset: test, split: "test" },
  ]);
  await transaction(world.system, async (tx) => {
    const [row] = await tx.select().from(job).where(eq(job.id, jobId));
    const spec = {
      ...row!.spec,
      recipe: suite.recipe,
      evaluate: [`${suite.name}@${suite.version}`],
    };
    await tx
      .update(job)
      .set({ spec, parameters: { task: suite.task } })
      .where(eq(job.id, jobId));
  });
  return jobId;
}

export async function aCompleteEvaluation(
  world: World,
  by: Member,
  of: { suite: EvaluationSuite; model: ModelVersion; test: ADataset; values: readonly number[] },
): Promise<Evaluation> {
  const jobId = await anEvaluateJob(world, by, of.suite, of.model, of.test);
  return importEvaluation(world.system, { jobId, ...aReport(of.values) });
}
