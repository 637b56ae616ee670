import { deployment } from "@preceptor/db";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { claimWork } from "../lease.ts";
import { aBoard, anApproval, type Board } from "../testing/an-open-promotion.ts";
import { reading, transaction } from "../transaction.ts";
import {
  applyDeploymentObservation,
  getDeployment,
  listDeployments,
  loadDeploymentWork,
  rollBackDeployment,
  stopDeployment,
} from "./index.ts";

const claim = { owner: "test", limit: 10, leaseMs: 60_000 };
const access = { bearer: { from: "installation" as const }, headers: {} };
const reached = { endpoint: "http://127.0.0.1:1/v1", access };
const healthy = { plan: { status: "healthy" as const, message: null }, reached };

/** What a worker does when the server first answers. */
async function becomesHealthy(board: Board, id: string): Promise<boolean> {
  const lease = (await claimWork(board.world.db, "deployment", claim)).find(
    (one) => one.id === id,
  )!;
  return applyDeploymentObservation(board.world.system, {
    deploymentId: id,
    leaseToken: lease.token,
    from: "pending",
    ...healthy,
  });
}

test("a write under a lease that is over, or from a status the row has left, changes nothing", async () => {
  const board = await aBoard();
  const id = (await anApproval(board)).deploymentId!;
  const [lease] = await claimWork(board.world.db, "deployment", claim);
  const input = {
    deploymentId: id,
    leaseToken: lease!.token,
    from: "pending" as const,
    ...healthy,
  };
  const { system } = board.world;
  expect(await applyDeploymentObservation(system, { ...input, leaseToken: 0 })).toBe(false);
  expect(await applyDeploymentObservation(system, { ...input, from: "starting" })).toBe(false);
  expect((await getDeployment(board.bob, { id })).status).toBe("pending");
  expect(await applyDeploymentObservation(system, input)).toBe(true);
  expect(await getDeployment(board.bob, { id })).toMatchObject({ status: "healthy", routed: true });
  await expect(applyDeploymentObservation(board.olga, input)).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("of two approvals for one purpose that wait to start, only the newer is still wanted", async () => {
  const board = await aBoard();
  const [one, two] = [await board.anEvaluatedModel(), await board.anEvaluatedModel()];
  const older = (await anApproval(board, one)).deploymentId!;
  const newer = (await anApproval(board, two)).deploymentId!;
  expect(await getDeployment(board.bob, { id: older })).toMatchObject({ desired: "stopped" });
  expect(await getDeployment(board.bob, { id: newer })).toMatchObject({ desired: "serving" });
});

test("a shadow that is healthy gets no route", async () => {
  const board = await aBoard({ stage: "shadow" });
  const id = (await anApproval(board)).deploymentId!;
  await becomesHealthy(board, id);
  expect(await getDeployment(board.bob, { id })).toMatchObject({
    status: "healthy",
    routed: false,
  });
});

test("there is nothing to roll back to but what served under an approval that still holds", async () => {
  const board = await aBoard();
  const input = { purpose: "discharge-summary", reason: "It left out a drug." };
  const id = (await anApproval(board)).deploymentId!;
  await becomesHealthy(board, id);
  await expect(rollBackDeployment(board.olga, input)).rejects.toMatchObject({ code: "conflict" });
  await expect(rollBackDeployment(board.bob, input)).rejects.toMatchObject({ code: "forbidden" });
  const stopped = await stopDeployment(board.olga, { id, reason: "Maintenance of its machine." });
  expect(stopped).toMatchObject({ desired: "stopped", routed: false });
  // Nothing serves now; what did may come back.
  expect((await rollBackDeployment(board.olga, input)).model.id).toBe(stopped.model.id);
  expect((await listDeployments(board.bob, { limit: 1 })).nextCursor).not.toBeNull();
});

test("an expired decision permits nothing, and neither does a forged one", async () => {
  const board = await aBoard();
  const id = (await anApproval(board)).deploymentId!;
  const at = (iso: string) => ({ ...board.world.system, now: () => new Date(iso) });
  expect((await loadDeploymentWork(board.world.system, id)).permit).toEqual({ ok: true });
  expect((await loadDeploymentWork(at("2199-01-01T00:00:00Z"), id)).permit).toMatchObject({
    ok: false,
    why: expect.stringContaining("expired"),
  });
  const stranger = await aBoard();
  const forged = { ...board.world.system, signer: stranger.world.system.signer };
  expect((await loadDeploymentWork(forged, id)).permit.ok).toBe(false);
});

test("two routed deployments of one purpose cannot be written, whoever tries", async () => {
  const board = await aBoard();
  const id = (await anApproval(board)).deploymentId!;
  await becomesHealthy(board, id);
  const later = (await anApproval(board, await board.anEvaluatedModel(38))).deploymentId!;
  await expect(
    transaction(board.world.system, (tx) =>
      tx.update(deployment).set({ routed: true }).where(eq(deployment.id, later)),
    ),
  ).rejects.toThrow();
  await becomesHealthy(board, later);
  const routed = await reading(board.bob, (tx) =>
    tx
      .select({ id: deployment.id })
      .from(deployment)
      .where(and(eq(deployment.routed, true), eq(deployment.purpose, "discharge-summary"))),
  );
  expect(routed).toEqual([{ id: later }]);
});
