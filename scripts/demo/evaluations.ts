import { randomUUID } from "node:crypto";
import type { Evaluation, Job, Person } from "./client.ts";
import { follow } from "./jobs.ts";
import type { Steps } from "./steps.ts";

export const suiteName = "discharge-quality";

/** The suite says what is measured before anything is run; a later version only when the test data has moved on. */
export async function defineSuite(engineer: Person, test: string): Promise<string> {
  const suites = await engineer.api.evaluation.suites.query();
  const same = suites.find((suite) => suite.name === suiteName && suite.test === test);
  const suite =
    same ??
    (await engineer.api.evaluation.defineSuite.mutate({
      name: suiteName,
      title: "Discharge questions, four choices",
      description:
        "Which answer follows from the note. Accuracy over the whole held-out split; patients in no training data.",
      recipe: "lm-eval",
      task: "discharge_quality",
      test,
      metric: "acc",
      filter: "none",
      higherIsBetter: true,
      chance: 0.25,
    }));
  return `${suite.name}@${suite.version}`;
}

export const startEvaluation = (
  engineer: Person,
  suite: string,
  model: string,
  target: string,
): Promise<{ job: Job; evaluation: Evaluation }> =>
  engineer.api.evaluation.start.mutate({
    suite,
    model,
    target,
    idempotencyKey: randomUUID(),
  });

/** Follows the evaluation's job and gives the finished report. */
export async function finishEvaluation(
  engineer: Person,
  id: string,
  steps: Steps,
): Promise<Evaluation> {
  const { jobId } = await engineer.api.evaluation.get.query({ id });
  await follow(engineer, jobId, steps);
  const evaluation = await engineer.api.evaluation.get.query({ id });
  if (evaluation.status !== "complete")
    throw new Error(
      `The evaluation is ${evaluation.status}: ${evaluation.refusal ?? "no reason given"}`,
    );
  return evaluation;
}

export const showScore = (evaluation: Evaluation): string => {
  const score = evaluation.score;
  const name = `${evaluation.modelVersion.name}@${evaluation.modelVersion.version}`;
  return score
    ? `${name}: ${score.mean.toFixed(3)} [${score.lower.toFixed(3)}, ${score.upper.toFixed(3)}], n = ${score.n}, ${score.clusters} patients`
    : `${name}: no score`;
};
