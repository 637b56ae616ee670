import type { Stack } from "../stack.ts";
import type { Deployment, Evaluation, Job, Promotion } from "./client.ts";
import { generateData, registerDataset } from "./datasets.ts";
import {
  defineSuite,
  finishEvaluation,
  showScore,
  startEvaluation,
  suiteName,
} from "./evaluations.ts";
import { ask, askStreaming, listModels, refusedStatus } from "./gateway.ts";
import { follow, readJobFile, submit } from "./jobs.ts";
import { gatherPeople, type People } from "./people.ts";
import { definePolicy, promote, purpose, untilRouted } from "./promotions.ts";
import type { Place } from "./place.ts";
import type { Steps } from "./steps.ts";

export interface Walked {
  readonly people: People;
  readonly jobs: { pretrain: Job; fineTune: Job };
  readonly promotion: Promotion;
  readonly deployment: Deployment;
  readonly key: string;
}
const nameOf = (model: { name: string; version: number }): string =>
  `${model.name}@${model.version}`;

/** One model through everything, by the public API alone. */
export async function walkMainPath(
  stack: Stack,
  { dataDir, target, define }: Place,
  python: string,
  steps: Steps,
): Promise<Walked> {
  const people = await steps.run("Sign in: operator, engineer, two board members, auditor", () =>
    gatherPeople(stack, dataDir),
  );
  const { engineer, operator } = people;
  await define(operator);

  const { timelines, notes } = await steps.run("Register two synthetic datasets", async () => {
    const folder = await generateData(dataDir, python);
    const registered = {
      timelines: await registerDataset(stack.apiUrl, engineer, folder, "timelines"),
      notes: await registerDataset(stack.apiUrl, engineer, folder, "notes"),
    };
    for (const version of Object.values(registered))
      steps.tell(
        `${nameOf(version)} ${version.digest.slice(0, 19)}…: ${version.splits.map((split) => `${split.name} ${split.rows} rows of ${split.subjects} patients`).join(", ")}`,
      );
    return registered;
  });
  const versions: Record<string, number> = {
    [timelines.name]: timelines.version,
    [notes.name]: notes.version,
  };
  const suite = await defineSuite(engineer, `dataset://${nameOf(notes)}/test`);
  versions[suiteName] = Number(suite.split("@")[1]);

  const pretrain = await steps.run(
    "Pretrain meridian-base on the timelines (2 processes under torchrun)",
    async () =>
      follow(
        engineer,
        (await submit(engineer, readJobFile("meridian-base.yaml", versions, target))).id,
        steps,
      ),
  );
  const base = outputOf(pretrain);
  versions[base.name] = base.version;

  // The base is measured while the fine-tune trains, and decided on while the fine-tune is measured: two cores are kept busy.
  const baseEvaluation = await startEvaluation(engineer, suite, `model://${nameOf(base)}`, target);
  const { fineTune, baseScore } = await steps.run(
    "Fine-tune it with LoRA on the notes (2 nodes × 1 process); evaluate the base meanwhile",
    async () => {
      const spec = {
        ...readJobFile("discharge-summary-lora.yaml", versions, target),
        evaluate: [suite],
      };
      const submitted = await submit(engineer, spec);
      const [done, score] = await Promise.all([
        follow(engineer, submitted.id, steps),
        finishEvaluation(engineer, baseEvaluation.evaluation.id, steps),
      ]);
      await tellCheckpoints(people, done.id, steps);
      return { fineTune: done, baseScore: score };
    },
  );
  const candidate = outputOf(fineTune);

  const policy = await definePolicy(people, suite);
  const { first, candidateScore } = await steps.run(
    "Evaluate the fine-tune on the held-out patients; the board decides on the base, which then serves",
    async () => {
      const evaluated = finishAutomatic(people, suite, nameOf(candidate), steps);
      const decided = promote(
        people,
        {
          model: `model://${nameOf(base)}`,
          policy,
          target,
          intendedUse: "First model of the pilot: the baseline that later ones are compared with.",
        },
        steps,
      );
      const [score, serving] = await Promise.all([
        evaluated,
        decided.then((promotion) => untilRouted(people, deploymentOf(promotion), steps)),
      ]);
      return { first: serving, candidateScore: score };
    },
  );
  const difference = await compareScores(people, candidateScore, baseScore, steps);

  const { promotion, deployment } = await steps.run(
    "The board decides on the fine-tuned model, compared with the one that serves",
    async () => {
      const decided = await promote(
        people,
        {
          model: `model://${nameOf(candidate)}`,
          policy,
          target,
          intendedUse: "Suggests discharge advice from a synthetic note in a supervised pilot.",
        },
        steps,
      );
      return {
        promotion: decided,
        deployment: await untilRouted(people, deploymentOf(decided), steps),
      };
    },
  );

  const key = await steps.run("Call it through the gateway with an API key", async () => {
    const made = await operator.api.access.createApiKey.mutate({
      name: "demonstration",
      expiresInDays: 7,
    });
    steps.tell(
      `answers: ${JSON.stringify(await ask(stack.gatewayUrl, made.key, purpose, nameOf(candidate)))}`,
    );
    steps.tell(`streams: ${await askStreaming(stack.gatewayUrl, made.key, purpose)} events`);
    steps.tell(`models it shows: ${(await listModels(stack.gatewayUrl, made.key)).join(", ")}`);
    steps.tell(
      `a model nobody promoted is refused with ${await refusedStatus(stack.gatewayUrl, made.key, candidate.name)}`,
    );
    return made.key;
  });

  const restored = await steps.run("Roll back: the former model answers again", async () => {
    const back = await operator.api.deployment.rollBack.mutate({
      purpose,
      reason: "Demonstration of a rollback to the model before.",
    });
    const routed = await untilRouted(people, back.id, steps);
    steps.tell(
      `${nameOf(base)} answers: ${JSON.stringify(await ask(stack.gatewayUrl, key, purpose, nameOf(base)))}`,
    );
    return routed;
  });

  await steps.run("Ask where it came from, and what came of the data", async () => {
    const back = await engineer.api.lineage.read.query({
      kind: "deployment",
      id: deployment.id,
      direction: "back",
    });
    steps.tell(
      `back from the deployment: ${back.nodes.map((node) => `${node.kind} ${node.label}`).join(", ")}`,
    );
    for (const version of [timelines, notes])
      if (!back.nodes.some((node) => node.id === version.id))
        throw new Error(`The lineage of the deployment does not reach ${nameOf(version)}.`);
    const forward = await engineer.api.lineage.read.query({
      kind: "dataset-version",
      id: timelines.id,
      direction: "forward",
    });
    steps.tell(
      `forward from ${nameOf(timelines)}: ${forward.nodes.length} things were made from it`,
    );
    if (!forward.nodes.some((node) => node.id === deployment.id))
      throw new Error("What was made from the timelines does not name the deployment.");
  });

  Object.assign(steps.facts, {
    addresses: { api: stack.apiUrl, gateway: `${stack.gatewayUrl}/v1` },
    datasets: [timelines, notes].map(({ id, name, version, digest }) => ({
      id,
      name,
      version,
      digest,
    })),
    jobs: { pretrain: pretrain.id, fineTune: fineTune.id },
    models: { base, candidate },
    scores: { base: baseScore.score, candidate: candidateScore.score, difference },
    promotion: { id: promotion.id, dossierDigest: promotion.dossierDigest },
    deployments: { first: first.id, candidate: deployment.id, restored: restored.id },
  });
  return { people, jobs: { pretrain, fineTune }, promotion, deployment: restored, key };
}

function outputOf(job: Job): { name: string; version: number } {
  if (!job.outputModel) throw new Error(`${job.name} succeeded but registered no model.`);
  return job.outputModel;
}
function deploymentOf(promotion: Promotion): string {
  if (promotion.deploymentId === null)
    throw new Error("An approved promotion opened no deployment.");
  return promotion.deploymentId;
}

async function tellCheckpoints({ engineer }: People, jobId: string, steps: Steps): Promise<void> {
  for (const each of await engineer.api.checkpoint.list.query({ jobId }))
    steps.tell(
      `checkpoint ${each.name}: ${each.state}, ${each.tensors?.parameters ?? 0} parameters, ${each.digest.slice(0, 19)}…`,
    );
}

/** The fine-tune's evaluation was started by its own job (`evaluate:` in the YAML). */
async function finishAutomatic(
  { engineer }: People,
  suite: string,
  model: string,
  steps: Steps,
): Promise<Evaluation> {
  const { items } = await engineer.api.evaluation.list.query({ model, suite });
  const [started] = items;
  if (!started) throw new Error(`The job started no evaluation of ${model} on ${suite}.`);
  return finishEvaluation(engineer, started.id, steps);
}

async function compareScores(
  { engineer }: People,
  candidate: Evaluation,
  base: Evaluation,
  steps: Steps,
): Promise<unknown> {
  const ids = { candidateId: candidate.id, otherId: base.id };
  const { difference } = await engineer.api.evaluation.compare.query(ids);
  for (const evaluation of [base, candidate]) steps.tell(showScore(evaluation));
  steps.tell(
    `difference ${difference.mean.toFixed(3)} [${difference.lower.toFixed(3)}, ${difference.upper.toFixed(3)}], paired, clustered by patient`,
  );
  return difference;
}
