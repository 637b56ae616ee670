import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { computeProviders } from "@preceptor/compute";
import { deployment, modelVersion, recipe } from "@preceptor/db";
import type { Deployment } from "@preceptor/domain";
import {
  getDeployment,
  listDeployments,
  reading,
  revokePromotion,
  rollBackDeployment,
  transaction,
} from "@preceptor/services";
import { aBoard, anApproval, newId, type Board } from "@preceptor/services/testing";
import { servingProviders } from "@preceptor/serving";
import { localServing } from "@preceptor/serving/local";
import { blobName } from "@preceptor/storage";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { startLoop } from "../loop.ts";
import { deploymentReconciler } from "./deployment.ts";

vi.setConfig({ testTimeout: 120_000 });

/** The command line of the serve recipe; it answers with the bytes of its model. */
const PROGRAM = `
import argparse, json, pathlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
parser = argparse.ArgumentParser()
for name in ("--model", "--host", "--port", "--served-name"):
    parser.add_argument(name, required=True)
args = parser.parse_args()
weights = pathlib.Path(args.model, "model.safetensors").read_text()
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"model": args.served_name, "weights": weights}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
ThreadingHTTPServer((args.host, int(args.port)), Handler).serve_forever()
`;

async function aServingWorld() {
  const board = await aBoard();
  const { world } = board;
  const files = await Promise.all(
    Object.entries({ "serve/main.py": PROGRAM, "requirements.txt": "# none\n" }).map(
      async ([path, content]) => {
        const sha256 = createHash("sha256").update(content).digest("hex");
        const name = blobName(world.organizationId, sha256);
        await world.system.store.put(name, Readable.from([content]));
        return { path, sha256, sizeBytes: Buffer.byteLength(content) };
      },
    ),
  );
  await transaction(world.system, (tx) =>
    tx.insert(recipe).values({
      id: newId("recipe"),
      organizationId: world.organizationId,
      name: "openai-serve",
      version: 1,
      digest: "sha256:0",
      definition: {
        name: "openai-serve",
        version: 1,
        title: "Serve",
        description: "",
        kind: "serve",
        entry: "serve/main.py",
        requirements: "requirements.txt",
        inputs: {},
        output: "none",
        parameters: { type: "object", properties: {}, additionalProperties: false },
      },
      files,
    }),
  );
  const serving = localServing({
    workDir: join(world.root, "serving"),
    tokenFor: (id) => `token of ${id}`,
    stopTimeoutMs: 2000,
  });
  onTestFinished(() => rm(join(world.root, "serving"), { recursive: true, force: true }));
  const { caller: _, ...base } = world.system;
  const loop = await startLoop({
    base: {
      ...base,
      compute: computeProviders({}),
      serving: servingProviders({ local: () => serving }),
    },
    reconcilers: [deploymentReconciler()],
    settings: { publicUrl: "http://127.0.0.1:1" },
    owner: "test",
    idleMs: 100,
  });
  onTestFinished(async () => {
    await loop.stop();
    const rows = await reading(world.system, (tx) => tx.select().from(deployment));
    for (const { handle } of rows) if (handle) await serving.stop({ ...handle, provider: "local" });
  });
  return board;
}

const settled = (
  board: Board,
  id: string,
  wanted: (seen: Deployment) => boolean,
): Promise<Deployment> =>
  vi.waitFor(
    async () => {
      const seen = await getDeployment(board.bob, { id });
      if (!wanted(seen)) throw new Error(`still ${seen.status}: ${seen.message}`);
      return seen;
    },
    { timeout: 60_000, interval: 100 },
  );
const isRouted = (seen: Deployment): boolean => seen.status === "healthy" && seen.routed;

async function weightsAt(board: Board, id: string): Promise<string> {
  const rows = await reading(board.bob, (tx) =>
    tx.select().from(deployment).where(eq(deployment.id, id)),
  );
  const response = await fetch(`${rows[0]!.endpoint}/models`);
  return ((await response.json()) as { weights: string }).weights;
}

test("an approved model answers, the next one takes its route, a rollback brings it back, and the kill switch ends it", async () => {
  const board = await aServingWorld();
  const one = await board.anEvaluatedModel(30);
  const first = await anApproval(board, one);
  await settled(board, first.deploymentId!, isRouted);
  expect(await weightsAt(board, first.deploymentId!)).toBe(`model.safetensors of ${one.jobId}`);

  const two = await board.anEvaluatedModel(35);
  const second = await anApproval(board, two);
  expect(second.dossier.champion?.digest).toBe(one.digest);
  await settled(board, second.deploymentId!, isRouted);
  const former = await settled(board, first.deploymentId!, (seen) => seen.status === "stopped");
  expect(former).toMatchObject({ routed: false, message: "Another deployment took its place." });

  const back = await rollBackDeployment(board.world.as({ ...board.olga.caller }), {
    purpose: "discharge-summary",
    reason: "It left out a drug.",
  });
  expect(back).toMatchObject({ model: { id: one.id }, previousDeploymentId: second.deploymentId });
  await settled(board, back.id, isRouted);
  expect(await weightsAt(board, back.id)).toBe(`model.safetensors of ${one.jobId}`);

  await revokePromotion(board.ben, { id: first.id, reason: "Recall of its training data." });
  expect((await getDeployment(board.bob, back)).routed).toBe(false);
  await settled(board, back.id, (seen) => seen.status === "stopped");
  const routed = (await listDeployments(board.bob, { limit: 10 })).items.filter((d) => d.routed);
  expect(routed).toEqual([]);
});

test("a row changed by hand in the database makes no other model serve", async () => {
  const board = await aServingWorld();
  const approved = await anApproval(board);
  await settled(board, approved.deploymentId!, isRouted);
  const other = await board.anEvaluatedModel(38);

  // Past every guard, as the owner of the database: the approval now points to files nobody approved.
  await board.world.ownerDb
    .update(modelVersion)
    .set({ files: [...other.files] })
    .where(eq(modelVersion.id, approved.model.id));
  const running = await settled(board, approved.deploymentId!, (seen) => seen.status === "failed");
  expect(running.message).toMatch(/may not serve: the decision is about another model/);
  expect(running.routed).toBe(false);

  // And a deployment inserted by hand under the old decision never starts.
  const id = newId("deployment");
  const [row] = await reading(board.bob, (tx) => tx.select().from(deployment));
  await board.world.ownerDb.insert(deployment).values({
    ...row!,
    id,
    modelVersionId: other.id,
    status: "pending",
    desired: "serving",
    handle: null,
    dueAt: new Date(),
    leaseOwner: null,
    leaseExpiresAt: null,
  });
  const planted = await settled(board, id, (seen) => seen.status === "failed");
  expect(planted.message).toMatch(/may not serve: the decision is about another model/);
});
