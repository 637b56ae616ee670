import { createServingTokens } from "@preceptor/attest";
import type { Deployment } from "@preceptor/domain";
import { castVote, requestPromotion } from "@preceptor/services";
import { aBoard, aVote } from "@preceptor/services/testing";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { askEverything } from "./secrets/asking.ts";
import { everyColumn } from "./secrets/columns.ts";
import { everyFile } from "./secrets/files.ts";
import { findSecrets, type Said } from "./secrets/find.ts";
import { anInstallation } from "./secrets/installation.ts";
import { aPerson } from "./secrets/person.ts";

vi.setConfig({ testTimeout: 180_000 });

test("a model of this machine wants a bearer that only gateway and worker know, and that is kept nowhere", async () => {
  const board = await aBoard();
  const { world } = board;
  const installation = await anInstallation(
    { PRECEPTOR_STORAGE: "filesystem", PRECEPTOR_STORAGE_DIR: world.root },
    { databaseUrl: world.url, signingKeyPem: world.signingKeyPem },
  );
  const heard: Said[] = [];
  const operator = await aPerson(
    installation.apiUrl,
    board.olga,
    { name: "Ira", role: "operator" },
    heard,
  );
  const asking = board.asking(await board.anEvaluatedModel());
  const asked = await requestPromotion(board.eve, {
    ...asking,
    purpose: "letters",
    target: "here",
  });
  await castVote(board.bob, aVote(asked));
  const { deploymentId: id } = await castVote(board.bea, aVote(asked));
  if (id === null) throw new Error("nothing is deployed");
  await vi.waitFor(
    async () => {
      const seen = await operator.query<Deployment>("deployment.get", { id });
      if (seen?.status !== "healthy") throw new Error(`${seen?.status}: ${seen?.message}`);
    },
    { timeout: 60_000, interval: 300 },
  );
  const created = await operator.mutate<{ key: string }>("access.createApiKey", { name: "ward" });
  heard.splice(
    heard.findIndex(({ where }) => where.endsWith("access.createApiKey")),
    1,
  );
  const answer = await vi.waitFor(
    async () => {
      const response = await fetch(`${installation.gatewayUrl}/v1/chat/completions`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${created?.key}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ model: "letters", messages: [{ role: "user", content: "x" }] }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status} ${text}`);
      return text;
    },
    { timeout: 20_000, interval: 300 },
  );
  expect(answer).toContain("synthetic");
  heard.push({ where: "answer of the gateway", text: answer });
  await askEverything(operator);

  const bearer = createServingTokens(installation.servingKey)(id);
  // The model's server is asked with it and without, so that it is known to be the one in use.
  const [row] = await world.ownerSql<{ endpoint: string }[]>`
    select endpoint from deployment where id = ${id}`;
  const models = (authorization: string): Promise<Response> =>
    fetch(`${row?.endpoint}/models`, { headers: { authorization } });
  expect((await models(`Bearer ${bearer}`)).status).toBe(200);
  expect((await models("Bearer of nothing")).status).toBe(401);

  const columns = await everyColumn(world.ownerSql);
  const disk = await everyFile(join(installation.dataDir, "work"), "disk");
  const logs = await installation.stop();
  expect(columns.map(({ text }) => text).join()).toContain('"from": "installation"');
  expect(disk.map(({ text }) => text).join()).toContain("tokenDigest");
  const secrets = [
    { name: "the bearer of a model", value: bearer },
    { name: "the serving key", value: installation.servingKey },
  ];
  expect(findSecrets([...logs, ...heard, ...columns, ...disk], secrets)).toEqual([]);
});
