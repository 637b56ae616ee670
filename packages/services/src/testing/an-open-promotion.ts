import { DefinePolicy, type ModelVersion, type Promotion } from "@preceptor/domain";
import { castVote, definePolicy, requestPromotion } from "../promotion/index.ts";
import { aCompleteEvaluation, aSuite } from "./a-complete-evaluation.ts";
import { aDataset, aTrainedModel } from "./a-trained-model.ts";
import { aWorld } from "./world.ts";

export const testPatients = Array.from({ length: 40 }, (_, i) => `test-patient-${i}`);
/** Scores of the test patients, this many of them right. */
export const scoresWith = (right: number): number[] =>
  testPatients.map((_, i) => (i < right ? 1 : 0));

/**
 * A hospital with an engineer (Ada), who trained a base and tuned it, an engineer who requests (Eve), three board members, an
 * operator, a suite and a policy that asks for two approvals.
 */
export async function aBoard(policy: Partial<DefinePolicy> = {}) {
  const world = await aWorld();
  const ada = await world.aMember("Ada", "engineer", "board");
  const tom = await world.aMember("Tom", "engineer", "board");
  const eve = await world.aMember("Eve", "engineer", "board");
  const [bob, bea, ben] = [
    await world.aMember("Bob", "board"),
    await world.aMember("Bea", "board"),
    await world.aMember("Ben", "board"),
  ];
  const olga = await world.aMember("Olga", "operator");
  const train = await aDataset(world, ada, "notes", { train: ["p1", "p2"] });
  const held = await aDataset(world, ada, "held-out", { test: testPatients });
  const suite = await aSuite(world, ada, held);
  const base = await aTrainedModel(world, tom, "base", [
    { name: "train", dataset: train, split: "train" },
  ]);
  const reference = "quality@1";
  const definition = DefinePolicy.parse({
    name: "two-of-board",
    title: "Two of the board",
    stage: "pilot",
    approvals: 2,
    acceptNotRun: ["non-inferiority"],
    gates: [
      { gate: "validity", suite: reference },
      { gate: "floor", suite: reference, atLeast: 0.25 },
      { gate: "non-inferiority", suite: reference, margin: 0.05 },
      { gate: "leakage", suite: reference },
      { gate: "sample-size", suite: reference, patients: 30 },
    ],
    ...policy,
  });
  await definePolicy(olga, definition);

  const asking = (model: ModelVersion) => ({
    model: `model://${model.name}@${model.version}`,
    purpose: "discharge-summary",
    policy: `${definition.name}@1`,
    intendedUse: "Drafts of discharge summaries, read by a clinician.",
    notFor: "Anything without a clinician.",
    risks: "It may leave a drug out.",
    target: "here",
  });
  return {
    world,
    ada,
    tom,
    eve,
    bob,
    bea,
    ben,
    olga,
    train,
    held,
    suite,
    base,
    definition,
    /** What Eve sends to ask for this model. */
    asking,
    /** The next version of `summary`, tuned by Ada from Tom's base and evaluated with this many items right. */
    async anEvaluatedModel(right = 30): Promise<ModelVersion> {
      const model = await aTrainedModel(world, ada, "summary", [
        { name: "train", dataset: train, split: "train" },
        { name: "base", model: base },
      ]);
      await aCompleteEvaluation(world, ada, {
        suite,
        model,
        test: held,
        values: scoresWith(right),
      });
      return model;
    },
    request: (model: ModelVersion): Promise<Promotion> => requestPromotion(eve, asking(model)),
  };
}
export type Board = Awaited<ReturnType<typeof aBoard>>;

export const aVote = (request: Promotion, decision: "approve" | "reject" = "approve") => ({
  promotionId: request.id,
  decision,
  meaning: "approval" as const,
  reason: "I read the whole dossier.",
  dossierDigest: request.dossierDigest,
  password: "correct",
});

/** A promotion that Bob and Bea approved; its deployment is open. */
export async function anApproval(board: Board, model?: ModelVersion): Promise<Promotion> {
  const request = await board.request(model ?? (await board.anEvaluatedModel()));
  await castVote(board.bob, aVote(request));
  return castVote(board.bea, aVote(request));
}
