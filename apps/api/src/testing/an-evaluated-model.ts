import type { Caller } from "@preceptor/domain";
import {
  aCompleteEvaluation,
  aDataset,
  aSuite,
  aTrainedModel,
  scoresWith,
  testPatients,
  type World,
} from "@preceptor/services/testing";
import type { asker, Edge } from "./an-edge.ts";

type Asker = ReturnType<typeof asker>;

/** The edge's organization as the services' own tests see one, so that what jobs leave behind can be written without running any. */
function worldOf(edge: Edge, organizationId: string): World {
  const as = (caller: Caller) => ({ ...edge.services, caller });
  return {
    ...edge,
    organizationId,
    root: "",
    signingKeyPem: "",
    system: as({ kind: "system", component: "worker", organizationId }),
    as,
    aMember: () => Promise.reject(new Error("people of an edge are invited")),
  };
}

/** `base@1` and `summary@1` tuned from it by `by`, both evaluated with `quality@1`: the tuned one got more of the 40 items right. */
export async function anEvaluatedModel(edge: Edge, by: Asker) {
  const me = await by.query<{
    user: { id: string; name: string };
    organization: { id: string };
  }>("access.me");
  const world = worldOf(edge, me.organization.id);
  const maker = {
    ...edge.services,
    caller: {
      kind: "member" as const,
      userId: me.user.id,
      name: me.user.name,
      organizationId: me.organization.id,
      roles: ["engineer" as const],
    },
  };
  const train = await aDataset(world, maker, "notes", { train: ["p1", "p2"] });
  const held = await aDataset(world, maker, "held-out", { test: testPatients });
  const suite = await aSuite(world, maker, held);
  const base = await aTrainedModel(world, maker, "base", [
    { name: "train", dataset: train, split: "train" },
  ]);
  const model = await aTrainedModel(world, maker, "summary", [
    { name: "train", dataset: train, split: "train" },
    { name: "base", model: base },
  ]);
  const evaluated = async (of: typeof model, right: number) =>
    aCompleteEvaluation(world, maker, { suite, model: of, test: held, values: scoresWith(right) });
  return {
    base,
    model,
    baseEvaluation: await evaluated(base, 12),
    evaluation: await evaluated(model, 32),
    /** New evidence for the tuned model: what was frozen before is no longer what is known. */
    evaluateAgain: () => evaluated(model, 30),
  };
}
