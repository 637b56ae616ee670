import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAzure, workspaceClient } from "@preceptor/azure";
import { computeTarget, deployment, organizationKey } from "@preceptor/db";
import {
  castVote,
  getDeployment,
  requestPromotion,
  rollBackDeployment,
  shareDeployment,
} from "@preceptor/services";
import { aBoard, aVote, type Board } from "@preceptor/services/testing";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { startFakeAzure, type FakeAzure } from "../fake-azure/index.ts";
import { violationsOf } from "./conformance.ts";
import { moveFiles } from "./secrets/hospital.ts";
import { anInstallation, inAzure } from "./secrets/installation.ts";

vi.setConfig({ testTimeout: 240_000 });
const reason = "It answered the reviewers well.";

test("an endpoint's own split follows ours: a canary, a mirror, all of it, over a crash, and back", async () => {
  const folder = await mkdtemp(join(tmpdir(), "preceptor-traffic-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const azure = await startFakeAzure({ folder, syncMs: 100, operationMs: 1500, record: true });
  onTestFinished(() => azure.close());
  const board = await aBoard();
  const { world } = board;
  await world.ownerDb
    .insert(organizationKey)
    .values({ organizationId: world.organizationId, subjectKey: "0".repeat(64) });
  const { crashWorker, stop } = await anInstallation(inAzure(azure), {
    databaseUrl: world.url,
    signingKeyPem: world.signingKeyPem,
  });
  const [target] = await world.ownerDb.select().from(computeTarget);
  await world.ownerDb.update(computeTarget).set({
    provider: "azure-ml",
    settings: { ...target!.settings, azure: azure.settings },
  });

  const blue = await anApproved(board, azure, 100);
  await split(board, azure, { [blue]: 100 });
  const green = await anApproved(board, azure, 10);
  await split(board, azure, { [blue]: 90, [green]: 10 });

  // Its whole answer is lost with the worker: the next one finds the change under way, or asks for it.
  await give(board, blue, green, 40, 0);
  await vi.waitFor(() => expect(trafficPuts(azure).at(-1)).toContain(":40"), { timeout: 30_000 });
  await crashWorker();
  await give(board, blue, green, 0, 20);
  await split(board, azure, { [blue]: 100 }, { [green]: 20 });

  await give(board, blue, green, 100, 0);
  await split(board, azure, { [green]: 100 });
  const back = { purpose: "discharge-summary", reason: "It left out a drug." };
  expect(await rollBackDeployment(board.olga, back)).toMatchObject({ id: blue, routed: true });
  await split(board, azure, { [blue]: 100 });
  await stop();
  expect(await violationsOf(azure.requests)).toEqual([]);
});

async function anApproved(board: Board, azure: FakeAzure, share: number): Promise<string> {
  const model = await board.anEvaluatedModel();
  await moveFiles(board.world, model, azure);
  const asked = await requestPromotion(board.eve, { ...board.asking(model), share });
  await castVote(board.bob, aVote(asked));
  const { deploymentId } = await castVote(board.bea, aVote(asked));
  const id = deploymentId ?? "";
  await vi.waitFor(
    async () => {
      const { status, message } = await getDeployment(board.bob, { id });
      if (status !== "healthy") throw new Error(`${status}: ${message}`);
    },
    { timeout: 90_000, interval: 300 },
  );
  return id;
}

async function give(board: Board, routed: string, id: string, percent: number, mirror: number) {
  const now = await getDeployment(board.bob, { id });
  await shareDeployment(board.olga, {
    deploymentId: id,
    percent,
    mirrorPercent: mirror,
    reason,
    expected: { routedDeploymentId: routed, percent: now.share, mirrorPercent: now.mirror },
  });
}

const Endpoints = z.object({
  value: z.array(
    z.object({
      properties: z.object({
        provisioningState: z.string(),
        traffic: z.record(z.string(), z.number()),
        mirrorTraffic: z.record(z.string(), z.number()),
      }),
    }),
  ),
});

/** Waits until whoever calls the endpoint directly meets this split, by our ids. */
async function split(
  board: Board,
  azure: FakeAzure,
  live: Readonly<Record<string, number>>,
  mirror: Readonly<Record<string, number>> = {},
): Promise<void> {
  const client = workspaceClient(connectAzure(azure.environment), azure.workspace);
  const nameOf = async (id: string): Promise<string> => {
    const { ownerDb } = board.world;
    const [row] = await ownerDb.select().from(deployment).where(eq(deployment.id, id));
    return row?.handle?.data["deployment"] ?? "";
  };
  const named = async (shares: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(shares).map(async ([id, percent]) => [await nameOf(id), percent] as const),
      ),
    );
  const wanted = {
    provisioningState: "Succeeded",
    traffic: await named(live),
    mirrorTraffic: await named(mirror),
  };
  await vi.waitFor(
    async () => {
      const path = "/onlineEndpoints";
      const { value } = await client.send({ method: "GET", path, schema: Endpoints });
      expect(value.map(({ properties }) => properties)).toEqual([wanted]);
    },
    { timeout: 60_000, interval: 300 },
  );
}

/** The traffic that was asked for, one text a request. */
const trafficPuts = ({ requests }: FakeAzure): string[] =>
  requests
    .filter(({ method, url }) => method === "PUT" && /\/onlineEndpoints\/[^/]+\?/.test(url))
    .map(({ requestBody }) => JSON.stringify(requestBody));
