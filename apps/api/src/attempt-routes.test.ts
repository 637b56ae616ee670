import { createHash } from "node:crypto";
import { attempt } from "@preceptor/db";
import type { Me } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { aRunningJob } from "./testing/a-job.ts";
import { anEdge, setUp } from "./testing/an-edge.ts";

const ticket = "t".repeat(43);
const whole = { ticket, rank: 0, nonce: "n".repeat(32) };
const json = { "content-type": "application/json" };

async function aDoor() {
  const edge = await anEdge();
  const { organization } = await (await setUp(edge)).query<Me>("access.me");
  const ask = (body: object) =>
    fetch(`${edge.url}/api/attempts/exchange`, {
      method: "POST",
      headers: json,
      body: JSON.stringify(body),
    });
  return { edge, organizationId: organization?.id ?? "", ask };
}

test.each([
  ["without a nonce", { nonce: undefined }, 400, "nonce"],
  ["with a ticket of another shape", { ticket: "short" }, 400, "ticket"],
  ["with a ticket nobody was given", {}, 401, "not the ticket of an attempt"],
  ["that is far too long", { nonce: "n".repeat(3000) }, 413, "larger"],
])("a request %s is refused and says why", async (_, change, status, words) => {
  const { ask } = await aDoor();
  const answer = await ask({ ...whole, ...change });
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(words)]);
});

test("what a ticket is exchanged for logs to the job's run; the ticket itself logs nothing", async () => {
  const { edge, organizationId, ask } = await aDoor();
  const { runId, ...job } = await aRunningJob(edge, organizationId);
  const { attemptId } = await job.attempt();
  const ticketHash = createHash("sha256").update(ticket).digest("hex");
  await edge.ownerDb.update(attempt).set({ ticketHash }).where(eq(attempt.id, attemptId));
  const read = (bearer: string) =>
    fetch(`${edge.url}/api/2.0/mlflow/runs/get?run_id=${runId}`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
  const answer = await ask(whole);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const { secrets } = (await answer.json()) as { secrets: { MLFLOW_TRACKING_TOKEN: string } };
  expect((await read(secrets.MLFLOW_TRACKING_TOKEN)).status).toBe(200);
  expect((await read(ticket)).status).toBe(401);
  expect((await ask({ ...whole, nonce: "s".repeat(32) })).status).toBe(409);
});
