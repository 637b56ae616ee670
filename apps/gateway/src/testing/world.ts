import { hash, randomBytes } from "node:crypto";
import { createVerifier, digestOf, signDecision, signVote, type Signer } from "@preceptor/attest";
import { apikey, connect, deployment, policy, promotion } from "@preceptor/db";
import { DefinePolicy, type Dossier, type ModelVersion } from "@preceptor/domain";
import { aWorld, newId, type World } from "@preceptor/services/testing";
import { aComputeTarget, aTrainedModel } from "@preceptor/services/testing/a-trained-model";
import { createLogger, createMetrics } from "@preceptor/telemetry";
import type { FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";
import { buildGateway, type GatewayDeps } from "../server.ts";

const HOUR_MS = 3_600_000;
const purpose = "discharge-summary";

/** A model that a board approved and that answers at the endpoint, as the worker leaves it. */
export async function aServedModel(
  world: World,
  endpoint: string | null,
  name = "meridian-notes",
  part: Partial<Pick<typeof deployment.$inferInsert, "routed" | "share" | "mirror">> = {},
) {
  const engineer = await world.aMember("Engineer", "engineer");
  const model = await aTrainedModel(world, engineer, name);
  const [promotionId, deploymentId, policyId] = [
    newId("promotion"),
    newId("deployment"),
    newId("policy"),
  ];
  const { organizationId } = world;
  const computeTargetId = await aComputeTarget(world);
  const definition = DefinePolicy.parse({
    name: `policy-${policyId.slice(-6)}`,
    title: "One gate",
    stage: "pilot",
    approvals: 1,
    gates: [{ gate: "validity", suite: "discharge-quality@1" }],
  });
  const common = { organizationId, modelVersionId: model.id, computeTargetId, purpose };
  await world.ownerDb.insert(policy).values({
    id: policyId,
    organizationId,
    name: definition.name,
    version: 1,
    digest: digestOf(definition.name),
    definition,
  });
  await world.ownerDb.insert(promotion).values({
    ...common,
    id: promotionId,
    policyId,
    stage: "pilot",
    status: "approved",
    dossier: aDossier(model),
    dossierDigest: digestOf(promotionId),
    requestedBy: engineer.caller.userId,
    requestedByName: "Engineer",
    decision: aDecision(world.system.signer, { organizationId, promotionId, model }),
  });
  await world.ownerDb.insert(deployment).values({
    ...common,
    id: deploymentId,
    stage: "pilot",
    promotionId,
    desired: "serving",
    status: "healthy",
    routed: true,
    endpoint,
    endpointAccess: { bearer: { from: "installation" }, headers: {} },
    createdBy: engineer.caller.userId,
    createdByName: "Engineer",
    ...part,
  });
  return { model, deploymentId, promotionId, purpose };
}

const aDossier = (model: ModelVersion): Dossier => ({
  model: { name: model.name, version: model.version, id: model.id, digest: model.digest },
  purpose,
  stage: "pilot",
  policy: { name: "policy", version: 1, digest: digestOf("policy") },
  intendedUse: "tests",
  notFor: "people",
  risks: "",
  madeFrom: [],
  evaluations: [],
  champion: null,
  gates: [],
  contributors: [],
});

export interface DecisionOf {
  readonly organizationId: string;
  readonly promotionId: string;
  readonly model: Pick<ModelVersion, "name" | "version" | "digest">;
  readonly expiresAt?: Date;
  readonly outcome?: "approved" | "rejected";
}

/** Signed as the board's last vote leaves it. */
export function aDecision(signer: Signer, of: DecisionOf) {
  const decidedAt = new Date(Date.now() - HOUR_MS).toISOString();
  const { name, version, digest } = of.model;
  const shared = {
    promotionId: of.promotionId,
    organizationId: of.organizationId,
    dossierDigest: digestOf(of.promotionId),
    policy: { name: "policy", version: 1, digest: digestOf("policy") },
    stage: "pilot",
    purpose,
  };
  const outcome = of.outcome ?? "approved";
  const vote = signVote(signer, {
    ...shared,
    member: { id: "usr_board", printedName: "Board Member" },
    decision: outcome === "approved" ? "approve" : "reject",
    meaning: "approval",
    reason: "read all of it",
    votedAt: decidedAt,
    modelDigest: digest,
    method: "password",
  });
  return signDecision(signer, {
    ...shared,
    outcome,
    model: { name, version, digest },
    votes: [vote],
    decidedAt,
    expiresAt: (of.expiresAt ?? new Date(Date.now() + HOUR_MS)).toISOString(),
  });
}

/** A key as better-auth leaves it in the table; the text is what a client sends. */
export async function anApiKey(
  world: World,
  row: { enabled?: boolean; expiresAt?: Date; referenceId?: string } = {},
): Promise<string> {
  const key = randomBytes(24).toString("base64url");
  await world.ownerDb.insert(apikey).values({
    id: `key_${key.slice(0, 8)}`,
    referenceId: world.organizationId,
    ...row,
    key: hash("sha256", key, "base64url"),
  });
  return key;
}

/** A gateway listening for real; it is closed when the test ends. */
export async function aGateway(
  world: World,
  deps: Partial<GatewayDeps> & { databaseUrl?: string } = {},
): Promise<{ app: FastifyInstance; address: string; logged: string[] }> {
  const logged: string[] = [];
  const { db, end } = connect({ url: deps.databaseUrl ?? world.url, max: 3 });
  const app = await buildGateway({
    db,
    trustedKeys: createVerifier([world.system.signer.publicKeyPem]),
    log: createLogger(
      { name: "gateway", level: "info" },
      { write: (line: string) => void logged.push(line) },
    ),
    metrics: createMetrics("gateway"),
    endpointHosts: ["127.0.0.1"],
    requestsPerMinute: 1000,
    servingToken: (deploymentId) => `token-of-${deploymentId}`,
    ...deps,
  });
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
    await end();
  });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return { app, address, logged };
}

export { aWorld };
