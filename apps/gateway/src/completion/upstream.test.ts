import { connect } from "node:net";
import { Agent } from "undici";
import { expect, it, onTestFinished } from "vitest";
import type { VerifiedRoute } from "../routing/verify-route.ts";
import { anUpstream } from "../testing/upstream.ts";
import { askModel, type TokenSource } from "./upstream.ts";

const scope = "https://models.example/.default";

function aRoute(changes: Partial<VerifiedRoute>): VerifiedRoute {
  return {
    organizationId: "org_1",
    deploymentId: "dep_1",
    promotionId: "prm_1",
    purpose: "discharge-summary",
    stage: "pilot",
    model: { versionId: "mdv_1", name: "m", version: 1, digest: "sha256:0" },
    endpoint: new URL("https://model.example/v1"),
    token: null,
    access: { scope, headers: { "x-deployment": "blue" } },
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + 60_000),
    ...changes,
  };
}

/** What is sent to the https address arrives at a server of this test, as if TLS had been taken off in front of it. */
async function aWorld(tokenFor: TokenSource) {
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
  const body = { messages: [{ content: "hello" }] };
  const ask = async (route: VerifiedRoute): Promise<number> => {
    const answer = await askModel({ agent, tokenFor }, route, body, new AbortController().signal);
    await answer.body.dump();
    return answer.status;
  };
  return { ask, upstream };
}

it("asks for a token of its own where the route names a scope, and names the deployment", async () => {
  const asked: string[] = [];
  const { ask, upstream } = await aWorld(async (wanted) => {
    asked.push(wanted);
    return `token-${asked.length}`;
  });
  expect(await ask(aRoute({}))).toBe(200);
  expect(await ask(aRoute({ token: "fixed", access: null }))).toBe(200);
  expect(asked).toEqual([scope]);
  expect(upstream.seen).toMatchObject([
    { authorization: "Bearer token-1", deployment: "blue" },
    { authorization: "Bearer fixed", deployment: undefined },
  ]);
});

it("asks nobody when its own sign-in fails", async () => {
  const { ask, upstream } = await aWorld(() => Promise.reject(new Error("AADSTS7000222")));
  await expect(ask(aRoute({}))).rejects.toMatchObject({ code: "model_unavailable" });
  expect(upstream.seen).toEqual([]);
});
