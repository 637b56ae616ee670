import {
  judge,
  type Dossier,
  type Evaluation,
  type ModelVersion,
  type Policy,
  type RequestPromotion,
  type SuiteEvidence,
} from "@preceptor/domain";
import type { Transaction } from "../context.ts";
import { suiteByReference } from "../evaluation/suite.ts";
import { againstChampion, championOf, newestEvaluation } from "./champion.ts";
import { leakageOf } from "./leakage.ts";
import { trainingLineageOf, type TrainingLineage } from "./training-lineage.ts";

export type Asked = Pick<RequestPromotion, "purpose" | "intendedUse" | "notFor" | "risks">;

/**
 * All evidence for one exact model as it is now. The same evidence always gives the same dossier, to the digit: that is how a
 * change of evidence is found when a vote is cast.
 */
export async function assembleDossier(
  tx: Transaction,
  of: { readonly model: ModelVersion; readonly policy: Policy; readonly asked: Asked },
): Promise<Dossier> {
  const { model, policy, asked } = of;
  const lineage = await trainingLineageOf(tx, model.id);
  const champion = await championOf(tx, asked.purpose);
  const evidence = new Map<string, SuiteEvidence>();
  const evaluations: Dossier["evaluations"][number][] = [];
  for (const reference of [...new Set(policy.gates.map((gate) => gate.suite))].sort()) {
    const suite = await suiteByReference(tx, reference);
    const evaluation = await newestEvaluation(tx, model.id, suite.id);
    evidence.set(reference, {
      higherIsBetter: suite.higherIsBetter,
      evaluation: scored(evaluation),
      champion: await againstChampion(tx, evaluation, champion, suite.id),
      leakage: await leakageOf(tx, suite.test, lineage.splits),
    });
    const found = scored(evaluation);
    if (evaluation && found) {
      const { mean, lower, upper, n } = found.score;
      evaluations.push({
        id: evaluation.id,
        suite: reference,
        digest: found.digest,
        score: { mean, lower, upper, n },
      });
    }
  }
  return {
    model: { name: model.name, version: model.version, id: model.id, digest: model.digest },
    purpose: asked.purpose,
    stage: policy.stage,
    policy: { name: policy.name, version: policy.version, digest: policy.digest },
    intendedUse: asked.intendedUse,
    notFor: asked.notFor,
    risks: asked.risks,
    madeFrom: madeFrom(lineage),
    evaluations,
    champion,
    gates: judge(policy.gates, (suite) => evidence.get(suite) ?? nothingKnown),
    contributors: contributorsTo(lineage),
  };
}

const nothingKnown: SuiteEvidence = {
  higherIsBetter: true,
  evaluation: null,
  champion: { kind: "none" },
  leakage: { kind: "unknown", why: "the suite is not there" },
};

const scored = (evaluation: Evaluation | null): SuiteEvidence["evaluation"] =>
  evaluation?.digest && evaluation.score
    ? { digest: evaluation.digest, score: evaluation.score }
    : null;

const madeFrom = ({ models, jobs, checkpoints, splits }: TrainingLineage): Dossier["madeFrom"] => [
  ...splits.map((split) => ({
    kind: "dataset" as const,
    name: `${split.name}@${split.version}/${split.split}`,
    id: split.datasetVersionId,
    digest: split.digest,
    note: `de-identification: ${split.deIdentification}`,
  })),
  // The first is the candidate itself.
  ...models.slice(1).map((base) => ({
    kind: "model" as const,
    name: `${base.name}@${base.version}`,
    id: base.id,
    digest: base.digest,
    note: "base model",
  })),
  ...jobs.map((job) => ({
    kind: "job" as const,
    name: job.name,
    id: job.id,
    digest: job.specDigest,
    note: `${job.kind} by ${job.submittedByName}`,
  })),
  ...checkpoints.map((checkpoint) => ({
    kind: "checkpoint" as const,
    name: checkpoint.name,
    id: checkpoint.id,
    digest: checkpoint.digest,
    note: checkpoint.step === null ? "final" : `step ${checkpoint.step}`,
  })),
];

/** Whoever submitted a job of the lineage or registered a model of it: none of them may decide. */
function contributorsTo({ models, jobs }: TrainingLineage): Dossier["contributors"] {
  const people = new Map<string, string>();
  for (const job of jobs) people.set(job.submittedBy, job.submittedByName);
  for (const model of models) people.set(model.createdBy, model.createdByName);
  return [...people].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, name]) => ({ id, name }));
}
