// oxlint-disable no-underscore-dangle -- where tRPC keeps the list of its procedures
import { member, organization } from "@preceptor/db";
import type { ApiKey, Me } from "@preceptor/domain";
import type { AnyTRPCProcedure } from "@trpc/server";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appRouter } from "./router.ts";
import { populate } from "./testing/a-populated-organization.ts";
import { anEdge, anInvited, setUp, type Refused } from "./testing/an-edge.ts";

type Ids = Awaited<ReturnType<typeof populate>> & {
  apiKey: string;
  user: string;
  organization: string;
  invited: string;
};
const key = "k".repeat(20);
const words = { intendedUse: "a use of it", notFor: "nothing else", risks: "" };

/** What names something of another organization, by procedure. Each must say that there is no such thing. */
const reaching = (of: Ids): Record<string, unknown> => ({
  "access.removeMember": { userId: of.user },
  "access.revokeApiKey": { id: of.apiKey },
  "access.revokeInvitation": { email: of.invited },
  "access.setRoles": { userId: of.user, roles: ["operator"] },
  "access.switchOrganization": { organizationId: of.organization },
  "checkpoint.list": { jobId: of.job },
  "cluster.create": {
    target: "local",
    cluster: "h100",
    instanceType: "any",
    tier: "spot",
    maxNodes: 1,
  },
  "cluster.drain": { target: "local", cluster: "h100" },
  "cluster.list": { target: "local" },
  "cluster.remove": { target: "local", cluster: "h100" },
  "cluster.resize": { target: "local", cluster: "h100", maxNodes: 1 },
  "computeTarget.capacity": { target: "local" },
  "computeTarget.check": { target: "local" },
  "computeTarget.get": { target: "local" },
  "computeTarget.options": { target: "local" },
  "computeTarget.quotas": { target: "local" },
  "computeTarget.remove": { target: "local" },
  "dataset.abandonUpload": { uploadId: of.upload },
  "dataset.finishUpload": { uploadId: of.upload },
  "dataset.get": { name: "notes" },
  "deployment.get": { id: of.deployment },
  "deployment.share": {
    deploymentId: of.deployment,
    percent: 10,
    reason: "to test it whole",
    expected: { routedDeploymentId: null, percent: 100, mirrorPercent: 0 },
  },
  "deployment.rollBack": { purpose: "summary", reason: "to test it" },
  "deployment.stop": { id: of.deployment, reason: "to test it" },
  "download.link": { from: "checkpoint", id: of.checkpoint, path: "model.safetensors" },
  "evaluation.compare": { candidateId: of.evaluation, otherId: of.evaluation },
  "evaluation.get": { id: of.evaluation },
  "evaluation.start": {
    suite: "quality@1",
    model: "model://summary@1",
    target: "local",
    idempotencyKey: key,
  },
  "job.abandon": { id: of.job, reason: "to test it well" },
  "job.cancel": { id: of.job },
  "job.get": { id: of.job },
  "job.readLog": { attemptId: of.attempt, log: "node-0" },
  "lineage.read": { kind: "job", id: of.job },
  "metric.keys": { jobId: of.job },
  "metric.read": { jobIds: [of.job] },
  "model.get": { name: "summary" },
  "model.register": { checkpointId: of.checkpoint, name: "stolen" },
  "promotion.get": { id: of.promotion },
  "promotion.preview": {
    model: "model://summary@1",
    purpose: "summary",
    policy: "pilot@1",
    target: "local",
    ...words,
  },
  "promotion.request": {
    model: "model://summary@1",
    purpose: "summary",
    policy: "pilot@1",
    target: "local",
    ...words,
  },
  "promotion.revoke": { id: of.promotion, reason: "to test it well" },
  "promotion.vote": {
    promotionId: of.promotion,
    decision: "approve",
    meaning: "approval",
    reason: "to test it well",
    dossierDigest: of.digest,
    password: "correct horse battery",
  },
  "promotion.withdraw": { id: of.promotion },
  "recipe.get": { name: "lora-sft" },
});
/** Lists and figures: the other organization's are empty. `job.logs` of a job one does not see is an empty list. */
const listing = (of: Ids): Record<string, unknown> => ({
  "access.apiKeys": undefined,
  "access.invitations": undefined,
  "dataset.list": {},
  "deployment.list": {},
  "deployment.traffic": { purpose: "summary" },
  "evaluation.list": {},
  "evaluation.suites": undefined,
  "job.list": {},
  "job.logs": { jobId: of.job },
  "model.list": {},
  "overview.read": undefined,
  "promotion.list": {},
  "promotion.policies": undefined,
  "recipe.list": undefined,
  "retention.show": undefined,
  "search.find": { text: "summary" },
});
/** Take no id and show only one's own, or make something of one's own. Streams are tried by themselves below. */
const ownOnly = new Set([
  "access.acceptInvitation",
  "access.createApiKey",
  "access.invitation",
  "access.invite",
  "access.me",
  "access.members",
  "audit.bundle",
  "audit.list",
  "computeTarget.define",
  "computeTarget.list",
  "dataset.beginUpload",
  "evaluation.defineSuite",
  "job.submit",
  "job.validate",
  "promotion.definePolicy",
  "retention.run",
]);
const streams = (of: Ids): Record<string, unknown> => ({
  "job.tail": { attemptId: of.attempt, log: "node-0" },
  "job.watch": { id: of.job },
  "metric.watch": { jobIds: [of.job] },
});

/** Procedures are kept under their whole path, `job.get`. */
const typeOf = (path: string): string => {
  const procedure: AnyTRPCProcedure = Reflect.get(appRouter._def.procedures, path);
  return procedure._def.type;
};

test("nobody reaches anything of another organization, through whatever procedure", async () => {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const me = await olga.query<Me>("access.me");
  const ada = await anInvited(edge, olga, "Ada", "engineer", "board", "operator", "auditor");
  const stranger = await anInvited(
    edge,
    olga,
    "Mallory",
    "engineer",
    "board",
    "operator",
    "auditor",
  );
  const other = edge.services.newId("organization");
  await edge.ownerDb.insert(organization).values({ id: other, name: "Elsewhere", slug: other });
  const { user } = await stranger.query<Me>("access.me");
  await edge.ownerDb
    .update(member)
    .set({ organizationId: other })
    .where(eq(member.userId, user.id));
  const apiKey = await olga.mutate<{ id: string }>("access.createApiKey", { name: "ward" });
  const invited = "still-to-come@example.org";
  await olga.mutate("access.invite", { name: "Ida", email: invited, roles: ["board"] });
  const mine = me.organization?.id ?? "";
  const of: Ids = {
    ...(await populate(edge, mine)),
    apiKey: apiKey.id,
    user: me.user.id,
    organization: mine,
    invited,
  };

  const procedures = Object.keys(appRouter._def.procedures);
  const known = { ...reaching(of), ...listing(of), ...streams(of) };
  expect(procedures.filter((path) => !(path in known) && !ownOnly.has(path))).toEqual([]);

  for (const [path, input] of Object.entries(reaching(of))) {
    const ask = typeOf(path) === "mutation" ? stranger.mutate : stranger.query;
    const answer = await ask(path, input).then(
      () => "answered",
      (error: Refused) => error,
    );
    // Rolling back a purpose nobody serves has its own words; a 404 would be right as well.
    const status = path === "deployment.rollBack" ? 409 : 404;
    expect([path, answer]).toEqual([path, expect.objectContaining({ status })]);
  }
  for (const [path, input] of Object.entries(listing(of))) {
    const seen = JSON.stringify(await stranger.query(path, input));
    for (const secret of Object.values(of).filter((id) => id.length > 20))
      expect([path, seen.includes(secret)]).toEqual([path, false]);
  }
  for (const [path, input] of Object.entries(streams(of)))
    for await (const event of stranger.stream(path, input)) {
      if (event.event === "connected" || event.event === "ping") continue;
      expect([path, event.event]).toEqual([path, "serialized-error"]);
      break;
    }
  // The same asked by a member is answered: the ids were right.
  for (const path of [
    "job.get",
    "metric.keys",
    "promotion.get",
    "deployment.get",
    "evaluation.get",
  ])
    await ada.query(path, reaching(of)[path]);
  const keys = await olga.query<ApiKey[]>("access.apiKeys");
  expect(keys.find((k) => k.id === of.apiKey)?.enabled).toBe(true);
  expect((await ada.query<{ status: string }>("job.get", { id: of.job })).status).toBe("running");
});
