import { setTimeout as wait } from "node:timers/promises";
import type { People } from "./people.ts";
import { explain, type Deployment, type Promotion } from "./client.ts";
import type { Steps } from "./steps.ts";

export const purpose = "discharge-summary";

/** Two board members must approve; the floor is above a guess among four choices. */
export async function definePolicy(people: People, suite: string): Promise<string> {
  const policies = await people.operator.api.promotion.policies.query();
  const same = policies.find(
    (policy) =>
      policy.name === "pilot-two-of-board" && policy.gates.every((gate) => gate.suite === suite),
  );
  const policy =
    same ??
    (await people.operator.api.promotion.definePolicy.mutate({
      name: "pilot-two-of-board",
      title: "Pilot in the hospital's own environment: two board members",
      stage: "pilot",
      gates: [
        { gate: "validity", suite },
        { gate: "floor", suite, atLeast: 0.25 },
        { gate: "non-inferiority", suite, margin: 0.05 },
        { gate: "leakage", suite },
        { gate: "sample-size", suite, patients: 100 },
      ],
      approvals: 2,
      acceptNotRun: ["non-inferiority"],
      signature: "password",
      validityDays: 180,
    }));
  return `${policy.name}@${policy.version}`;
}

/** Asks, shows that the asker cannot vote, and lets two members of the board decide. */
export async function promote(
  people: People,
  input: { model: string; policy: string; target: string; intendedUse: string },
  steps: Steps,
): Promise<Promotion> {
  const asked = await people.engineer.api.promotion.request.mutate({
    ...input,
    purpose,
    notFor: "Any decision about a real patient: the model is tiny and its data is synthetic.",
    risks:
      "It may answer wrongly and with confidence. Mitigation: it is used in a demonstration only.",
  });
  steps.tell(`dossier ${asked.dossierDigest.slice(0, 19)}… frozen for ${input.model}`);
  for (const gate of asked.dossier.gates)
    steps.tell(`gate ${gate.gate}: ${gate.outcome} (${gate.rule}; ${gate.finding})`);
  await assertRefused(
    () => vote(people, "engineer", asked, "I trained it, so I should not be able to vote."),
    "the submitter's vote",
    steps,
  );
  const once = await vote(
    people,
    "clinician",
    asked,
    "I read the dossier and the intervals; fit for a supervised pilot.",
  );
  steps.tell(`${people.clinician.name} approves: ${once.status}`);
  await assertRefused(
    () => vote(people, "clinician", asked, "A second vote by the same person."),
    "a second vote by the same person",
    steps,
  );
  const decided = await vote(
    people,
    "validator",
    asked,
    "Gates and leakage checked against the frozen evidence.",
  );
  steps.tell(`${people.validator.name} approves: ${decided.status}`);
  if (decided.status !== "approved")
    throw new Error(`Two approvals left the promotion ${decided.status}.`);
  return decided;
}

const vote = (
  people: People,
  who: "engineer" | "clinician" | "validator",
  asked: Promotion,
  reason: string,
): Promise<Promotion> =>
  people[who].api.promotion.vote.mutate({
    promotionId: asked.id,
    decision: "approve",
    meaning: "approval",
    reason,
    dossierDigest: asked.dossierDigest,
    password: people[who].password,
  });

async function assertRefused(
  act: () => Promise<unknown>,
  what: string,
  steps: Steps,
): Promise<void> {
  const refusal = await act().then(() => null, explain);
  if (refusal === null) throw new Error(`${what} was accepted; it must be refused.`);
  steps.tell(`${what} is refused: ${refusal}`);
}

/** Waits until the gateway routes the purpose to this deployment. */
export async function untilRouted(
  people: People,
  id: string,
  steps: Steps,
  deadlineMs = 120_000,
): Promise<Deployment> {
  const end = performance.now() + deadlineMs;
  for (let told = ""; ; await wait(300)) {
    const deployment = await people.operator.api.deployment.get.query({ id });
    if (deployment.status !== told)
      steps.tell(
        `deployment of ${deployment.model.name}@${deployment.model.version}: ${deployment.status}`,
      );
    told = deployment.status;
    if (deployment.routed && deployment.status === "healthy") return deployment;
    if (deployment.status === "failed")
      throw new Error(`The deployment failed: ${deployment.message ?? "no reason given"}`);
    if (performance.now() > end)
      throw new Error(
        `The deployment is still ${deployment.status} after ${deadlineMs / 1000} s: ${deployment.message ?? ""}`,
      );
  }
}
