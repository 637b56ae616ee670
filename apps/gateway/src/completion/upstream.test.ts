import { connect } from "node:net";
import type { EndpointBearer, EndpointPlace } from "@preceptor/domain";
import { Agent } from "undici";
import { expect, it, onTestFinished, vi } from "vitest";
import { createBearers, type GatewayIdentity } from "../bearer/bearers.ts";
import { createEndpointKeys } from "../bearer/endpoint-keys.ts";
import type { VerifiedRoute } from "../routing/verify-route.ts";
import { anUpstream } from "../testing/upstream.ts";
import { askModel } from "./upstream.ts";

const scope = "https://models.example/.default";
const place: EndpointPlace = {
  subscriptionId: "00000000-0000-4000-8000-000000000000",
  resourceGroup: "group",
  workspace: "workspace",
  region: "westeurope",
  endpoint: "notes",
};

const aRoute = (bearer: EndpointBearer): VerifiedRoute => ({
  organizationId: "org_1",
  deploymentId: "dep_1",
  promotionId: "prm_1",
  purpose: "discharge-summary",
  stage: "pilot",
  model: { versionId: "mdv_1", name: "m", version: 1, digest: "sha256:0" },
  endpoint: new URL("https://model.example/v1"),
  access: { bearer, headers: { "x-deployment": "blue" } },
  createdAt: new Date(),
  routed: true,
  percent: 100,
  mirrorPercent: 0,
  expiresAt: new Date(Date.now() + 60_000),
});
const byKey = aRoute({ from: "endpoint-key", place });

/** What is sent to the https address arrives at a server of this test, as if TLS had been taken off in front of it. */
async function aWorld(identity: Partial<Pick<GatewayIdentity, "tokenFor" | "keyFor">>) {
  const upstream = await anUpstream();
  const port = Number(new URL(upstream.endpoint).port);
  const agent = new Agent({
    connect: (_options, done) => {
      const socket = connect({ host: "127.0.0.1", port });
      socket.once("connect", () => done(null, socket));
      socket.once("error", (error) => done(error, null));
    },
  });
  onTestFinished(() => agent.close());
  const nobody = (): Promise<string> => Promise.reject(new Error("nobody to ask"));
  const { tokenFor = nobody, keyFor = nobody } = identity;
  const clock = { ms: Date.now() };
  const failures: unknown[] = [];
  const keys = createEndpointKeys({
    read: keyFor,
    nowMs: () => clock.ms,
    onFailed: (_place, error) => void failures.push(error),
  });
  const servingToken = (id: string): string => `token of ${id}`;
  const bearers = createBearers({ servingToken, identity: { tokenFor }, keys });
  const body = { messages: [{ content: "hello" }] };
  const ask = async (route: VerifiedRoute): Promise<number> => {
    const answer = await askModel({ agent, bearers }, route, body, new AbortController().signal);
    await answer.body.dump();
    return answer.status;
  };
  return { ask, upstream, clock, failures, keys };
}

it("makes or asks for the bearer that the route names, and names the deployment", async () => {
  const asked: string[] = [];
  const tokenFor = async (wanted: string): Promise<string> => `token-${asked.push(wanted)}`;
  const { ask, upstream } = await aWorld({ tokenFor });
  expect(await ask(aRoute({ from: "identity", scope }))).toBe(200);
  expect(await ask(aRoute({ from: "installation" }))).toBe(200);
  expect(asked).toEqual([scope]);
  expect(upstream.seen).toMatchObject([
    { authorization: "Bearer token-1", deployment: "blue" },
    { authorization: "Bearer token of dep_1", deployment: "blue" },
  ]);
});

it("asks nobody when its own sign-in fails", async () => {
  const tokenFor = (): Promise<string> => Promise.reject(new Error("AADSTS7000222"));
  const { ask, upstream } = await aWorld({ tokenFor });
  await expect(ask(aRoute({ from: "identity", scope }))).rejects.toMatchObject({
    code: "model_unavailable",
  });
  expect(upstream.seen).toEqual([]);
});

it("asks for an endpoint's key once for many requests, and again after an hour", async () => {
  const keyFor = vi.fn(async () => "first");
  const { ask, upstream, clock } = await aWorld({ keyFor });
  expect(await Promise.all([ask(byKey), ask(byKey), ask(byKey)])).toEqual([200, 200, 200]);
  expect(await ask(byKey)).toBe(200);
  expect(keyFor.mock.calls).toEqual([[place, byKey.endpoint]]);
  expect(new Set(upstream.seen.map(({ authorization }) => authorization))).toEqual(
    new Set(["Bearer first"]),
  );
  clock.ms += 3_600_000;
  expect(await ask(byKey)).toBe(200);
  expect(keyFor).toHaveBeenCalledTimes(2);
});

it("asks once more after its key was rotated, and the request is answered", async () => {
  let newest = "first";
  const keyFor = vi.fn(async () => newest);
  const { ask, upstream } = await aWorld({ keyFor });
  upstream.accepts = (authorization) => authorization === `Bearer ${newest}`;
  expect(await ask(byKey)).toBe(200);
  newest = "second";
  expect(await Promise.all([ask(byKey), ask(byKey)])).toEqual([200, 200]);
  expect(keyFor).toHaveBeenCalledTimes(2);
  // A refusal that a newer key does not mend is not asked about by every request.
  upstream.accepts = () => false;
  for (const _ of [1, 2, 3])
    await expect(ask(byKey)).rejects.toMatchObject({ code: "bad_model_answer" });
  expect(keyFor).toHaveBeenCalledTimes(2);
});

it("sends nothing where an endpoint's key is not to be had, and does not ask for it each time", async () => {
  const keyFor = vi.fn(() => Promise.reject(new Error("it answers elsewhere")));
  const { ask, upstream, clock, failures } = await aWorld({ keyFor });
  for (const _ of [1, 2])
    await expect(ask(byKey)).rejects.toMatchObject({ code: "model_unavailable" });
  expect(keyFor).toHaveBeenCalledTimes(1);
  clock.ms += 5000;
  await expect(ask(byKey)).rejects.toMatchObject({ code: "model_unavailable" });
  expect(failures).toHaveLength(2);
  expect(upstream.seen).toEqual([]);
});
