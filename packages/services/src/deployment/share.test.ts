import { deployment, servedRequest } from "@preceptor/db";
import type { ShareDeployment } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { listAudit } from "../audit/index.ts";
import { claimWork } from "../lease.ts";
import { castVote, requestPromotion, revokePromotion } from "../promotion/index.ts";
import { aBoard, anApproval, aVote, type Board } from "../testing/an-open-promotion.ts";
import { transaction } from "../transaction.ts";
import {
  applyDeploymentObservation,
  getDeployment,
  loadDeploymentWork,
  readTraffic,
  rollBackDeployment,
  shareDeployment,
  stopDeployment,
} from "./index.ts";
import { readRoutes } from "./read-routes.ts";

const purpose = "discharge-summary";
const reason = "It answered the reviewers well.";

type Seen = Parameters<typeof applyDeploymentObservation>[1]["plan"]["status"];
/** What a worker writes down after a look. */
async function isSeen(board: Board, id: string, status: Seen, message: string | null = null) {
  const { db, system } = board.world;
  // Each look is one claim; who was looked at a moment ago is due again.
  await transaction(system, (tx) =>
    tx.update(deployment).set({ dueAt: new Date(0), leaseExpiresAt: null }),
  );
  const leases = await claimWork(db, "deployment", { owner: "t", limit: 10, leaseMs: 60_000 });
  const lease = leases.find((one) => one.id === id)!;
  const { status: from } = await getDeployment(board.bob, { id });
  const access = { bearer: { from: "installation" as const }, headers: {} };
  const handle = { provider: "local" as const, deploymentId: id, data: {} };
  const reached = { endpoint: `http://127.0.0.1:1/${id}/v1`, access };
  const plan = { status, message };
  const seen = { deploymentId: id, leaseToken: lease.token, from, plan, handle, reached };
  expect(await applyDeploymentObservation(system, seen)).toBe(true);
}

/** An approval whose deployment begins with this share, healthy. */
async function aCanary(board: Board, share: number, right = 36): Promise<string> {
  const model = await board.anEvaluatedModel(right);
  const request = await requestPromotion(board.eve, { ...board.asking(model), share });
  await castVote(board.bob, aVote(request));
  const { deploymentId } = await castVote(board.bea, aVote(request));
  await isSeen(board, deploymentId!, "healthy");
  return deploymentId!;
}
/** One that has the route, and one beside it. */
async function aPair(share = 0) {
  const board = await aBoard();
  const blue = (await anApproval(board)).deploymentId!;
  await isSeen(board, blue, "healthy");
  const green = await aCanary(board, share);
  return { board, blue, green };
}

/** As somebody asks who just looked. */
async function give(
  board: Board,
  id: string,
  percent: number,
  mirrorPercent = 0,
  more: Partial<ShareDeployment> = {},
) {
  const { deployments } = await readTraffic(board.bob, { purpose });
  const now = await getDeployment(board.bob, { id });
  return shareDeployment(board.olga, {
    deploymentId: id,
    percent,
    mirrorPercent,
    reason,
    expected: {
      routedDeploymentId: deployments.find(({ routed }) => routed)?.deploymentId ?? null,
      percent: now.share,
      mirrorPercent: now.mirror,
    },
    ...more,
  });
}
async function split(board: Board): Promise<Record<string, [number, number]>> {
  const { deployments } = await readTraffic(board.bob, { purpose });
  return Object.fromEntries(
    deployments.map((one) => [one.deploymentId, [one.percent, one.mirrorPercent]]),
  );
}
const wanted = async (board: Board, id: string) =>
  (await loadDeploymentWork(board.world.system, id)).traffic.map(
    ({ handle, percent, mirrorPercent }) => [handle.deploymentId, percent, mirrorPercent],
  );

test("a canary opens with its share, is raised, gets the route, and a roll-back gives everything back at once", async () => {
  const { board, blue, green } = await aPair(10);
  expect(await split(board)).toEqual({ [blue]: [90, 0], [green]: [10, 0] });
  expect(
    (await readRoutes(board.world.db)).map((r) => [r.deploymentId, r.routed, r.percent]),
  ).toEqual(
    expect.arrayContaining([
      [blue, true, 100],
      [green, false, 10],
    ]),
  );
  expect(await wanted(board, blue)).toEqual([
    [blue, 90, 0],
    [green, 10, 0],
  ]);
  expect(await wanted(board, green)).toEqual([]);

  await give(board, green, 50);
  expect(await split(board)).toEqual({ [blue]: [50, 0], [green]: [50, 0] });
  expect(await give(board, green, 100)).toMatchObject({ routed: true, share: 100 });
  expect(await split(board)).toEqual({ [blue]: [0, 0], [green]: [100, 0] });
  // The former goes on running, so that the way back is one write.
  const former = await getDeployment(board.bob, { id: blue });
  expect(former).toMatchObject({ routed: false, desired: "serving", status: "healthy" });

  const back = await rollBackDeployment(board.olga, { purpose, reason: "It left out a drug." });
  expect(back).toMatchObject({ id: blue, routed: true, share: 100 });
  expect(await split(board)).toEqual({ [blue]: [100, 0], [green]: [0, 0] });
  const { changes } = await readTraffic(board.bob, { purpose });
  expect(changes.map(({ by, reason: why }) => [by, why])).toEqual([
    ["Olga", "Rolled back: It left out a drug."],
    ["Olga", reason],
    ["Olga", reason],
    ["worker", "It answers its health check."],
    ["worker", "It answers its health check."],
  ]);
  expect(changes[0]).toMatchObject({
    before: [{ deploymentId: green, percent: 100 }],
    after: [{ deploymentId: blue, percent: 100 }],
  });
});

test("a roll-back during a canary ends the canary alone; only the next one brings back who served before", async () => {
  const { board, blue, green } = await aPair();
  await give(board, green, 100);
  const red = await aCanary(board, 10, 38);
  expect(await split(board)).toEqual({ [blue]: [0, 0], [green]: [90, 0], [red]: [10, 0] });

  const ended = await rollBackDeployment(board.olga, { purpose, reason: "It left out a drug." });
  expect(ended).toMatchObject({ id: green, routed: true, share: 100 });
  expect(await split(board)).toEqual({ [blue]: [0, 0], [green]: [100, 0], [red]: [0, 0] });
  expect(await getDeployment(board.bob, { id: red })).toMatchObject({
    desired: "serving",
    share: 0,
  });
  const { changes } = await readTraffic(board.bob, { purpose });
  expect(changes[0]).toMatchObject({ by: "Olga", reason: "Rolled back: It left out a drug." });
  const log = await listAudit(board.olga, { noun: "deployment", nounId: green, limit: 50 });
  expect(log.items.map(({ action }) => action)).toContain("deployment.roll-back");

  const back = await rollBackDeployment(board.olga, { purpose, reason: "Both left out drugs." });
  expect(back).toMatchObject({ id: blue, routed: true, share: 100 });
  expect(await split(board)).toEqual({ [blue]: [100, 0], [green]: [0, 0], [red]: [0, 0] });
});

test("a first canary is rolled back where nothing served before; what a promoted one had is not given back to it", async () => {
  const { board, blue, green } = await aPair(10);
  const asked = { purpose, reason: "It left out a drug." };
  expect(await rollBackDeployment(board.olga, asked)).toMatchObject({ id: blue });
  expect(await split(board)).toEqual({ [blue]: [100, 0], [green]: [0, 0] });
  await expect(rollBackDeployment(board.olga, asked)).rejects.toMatchObject({ field: "purpose" });

  await give(board, green, 10);
  await give(board, green, 100);
  await rollBackDeployment(board.olga, asked);
  expect(await split(board)).toEqual({ [blue]: [100, 0], [green]: [0, 0] });
  expect(await getDeployment(board.bob, { id: green })).toMatchObject({ share: 0, mirror: 0 });
});

test("who may, on what they looked at, and what stands against it is said by field", async () => {
  const { board, blue, green } = await aPair();
  await expect(
    shareDeployment(board.bob, {
      deploymentId: green,
      percent: 10,
      mirrorPercent: 0,
      reason,
      expected: { routedDeploymentId: blue, percent: 0, mirrorPercent: 0 },
    }),
  ).rejects.toMatchObject({ code: "forbidden" });
  await expect(give(board, blue, 50)).rejects.toMatchObject({ field: "percent" });
  await expect(give(board, green, 10, 10)).rejects.toMatchObject({ field: "mirrorPercent" });
  const expected = { routedDeploymentId: blue, percent: 0, mirrorPercent: 0 };
  const both = await Promise.allSettled([
    give(board, green, 10, 0, { expected }),
    give(board, green, 20, 0, { expected }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")).toMatchObject({
    reason: { code: "conflict", field: "expected" },
  });
  const log = await listAudit(board.olga, { noun: "deployment", nounId: green, limit: 50 });
  const [entry, ...others] = log.items.filter(({ action }) => action === "deployment.share");
  expect(entry).toMatchObject({ actor: { name: "Olga" }, before: expect.any(String) });
  expect(others).toEqual([]);
});

test("a canary that falls silent loses its share, and what happened can be read", async () => {
  const { board, blue, green } = await aPair(10);
  await isSeen(board, green, "unhealthy", "Its server does not answer.");
  expect(await getDeployment(board.bob, { id: green })).toMatchObject({ share: 0 });
  expect(await split(board)).toEqual({ [blue]: [100, 0], [green]: [0, 0] });
  const { changes } = await readTraffic(board.bob, { purpose });
  expect(changes[0]).toMatchObject({
    by: "worker",
    reason: "It does not answer its health check. Its server does not answer.",
  });
  await expect(give(board, green, 10)).rejects.toMatchObject({ field: "deploymentId" });
  // Well again, it waits for somebody to decide.
  await isSeen(board, green, "healthy");
  expect(await split(board)).toEqual({ [blue]: [100, 0], [green]: [0, 0] });
});

test("a shadow gets copies and nothing else, also past every guard", async () => {
  const { board, green } = await aPair();
  await board.world.ownerDb
    .update(deployment)
    .set({ stage: "shadow" })
    .where(eq(deployment.id, green));
  // The decision is about another stage by now: that alone forbids it.
  await expect(give(board, green, 0, 10)).rejects.toMatchObject({ code: "forbidden" });

  const shadows = await aBoard({ stage: "shadow" });
  const only = (await anApproval(shadows)).deploymentId!;
  await isSeen(shadows, only, "healthy");
  await expect(give(shadows, only, 100)).rejects.toMatchObject({ field: "percent" });
  await expect(give(shadows, only, 0, 10)).rejects.toMatchObject({ field: "mirrorPercent" });
});

test("a mirror is given and ended, and goes with its approval", async () => {
  const { board, blue, green } = await aPair();
  await give(board, green, 0, 20);
  expect(await split(board)).toEqual({ [blue]: [100, 0], [green]: [0, 20] });
  expect(await wanted(board, blue)).toEqual([
    [blue, 100, 0],
    [green, 0, 20],
  ]);
  const { promotionId } = await getDeployment(board.bob, { id: green });
  await revokePromotion(board.ben, { id: promotionId, reason: "Recall of its training data." });
  expect((await readRoutes(board.world.db)).map((r) => r.deploymentId)).toEqual([blue]);
  await expect(give(board, green, 0, 20)).rejects.toMatchObject({ field: "deploymentId" });
});

test("no share under a decision that has expired, but what it has may be taken back", async () => {
  const { board, blue, green } = await aPair(10);
  const later = { ...board.olga, now: () => new Date("2199-01-01T00:00:00Z") };
  const expected = { routedDeploymentId: blue, percent: 10, mirrorPercent: 0 };
  const asked = { deploymentId: green, mirrorPercent: 0, reason, expected };
  await expect(shareDeployment(later, { ...asked, percent: 20 })).rejects.toMatchObject({
    code: "forbidden",
    field: "deploymentId",
    message: expect.stringContaining("expired"),
  });
  expect((await shareDeployment(later, { ...asked, percent: 0 })).share).toBe(0);
});

test("a newer approval with everything ends the canary and who waited; a newer canary only takes its share", async () => {
  const { board, blue, green } = await aPair(10);
  const red = await aCanary(board, 5, 38);
  expect(await split(board)).toEqual({ [blue]: [95, 0], [red]: [5, 0], [green]: [0, 0] });
  const newest = (await anApproval(board, await board.anEvaluatedModel(39))).deploymentId!;
  // As long as it starts, everything goes on.
  expect(await split(board)).toMatchObject({ [blue]: [95, 0], [red]: [5, 0] });
  await isSeen(board, newest, "healthy");
  expect(await split(board)).toMatchObject({ [newest]: [100, 0], [red]: [0, 0] });
  for (const id of [blue, green, red])
    expect(await getDeployment(board.bob, { id })).toMatchObject({ desired: "stopped", share: 0 });
});

test("without the routed one nobody has a part, and a canary alone may take everything", async () => {
  const { board, blue, green } = await aPair(10);
  await stopDeployment(board.olga, { id: blue, reason: "Maintenance of its machine." });
  expect(Object.values(await split(board)).every(([percent]) => percent === 0)).toBe(true);
  await give(board, green, 100);
  expect((await split(board))[green]).toEqual([100, 0]);
});

test("two canaries or two mirrors of one purpose cannot be written, whoever tries", async () => {
  const { board, green } = await aPair(10);
  const red = await aCanary(board, 0, 38);
  const write = (id: string, row: Partial<typeof deployment.$inferInsert>) =>
    transaction(board.world.system, (tx) =>
      tx.update(deployment).set(row).where(eq(deployment.id, id)),
    );
  await expect(write(red, { share: 5 })).rejects.toThrow();
  await expect(write(green, { mirror: 5 })).rejects.toThrow();
  await write(green, { share: 0, mirror: 5 });
  await expect(write(red, { mirror: 5 })).rejects.toThrow();
});

test("the last hour's figures tell answers from copies, errors from what was passed on", async () => {
  const { board, green } = await aPair(10);
  const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000);
  const row = (kind: "answered" | "mirrored" | "passed-on", status: number, latencyMs: number) => ({
    organizationId: board.world.organizationId,
    kind,
    keyId: kind === "answered" ? "key" : null,
    deploymentId: green,
    modelVersionId: "mdv",
    at: at(5),
    latencyMs,
    status,
  });
  await board.world.ownerDb
    .insert(servedRequest)
    .values([
      row("answered", 200, 100),
      row("answered", 200, 300),
      row("answered", 499, 200),
      row("answered", 502, 200),
      row("mirrored", 200, 1000),
      row("passed-on", 503, 5),
      { ...row("answered", 502, 9000), at: at(61) },
    ]);
  const now = { ...board.bob, now: () => new Date() };
  const { deployments } = await readTraffic(now, { purpose });
  expect(deployments.find(({ deploymentId }) => deploymentId === green)?.lastHour).toEqual({
    answered: { requests: 4, errors: 1, latencyMs: { median: 200, p95: 285 } },
    mirrored: { requests: 1, errors: 0, latencyMs: { median: 1000, p95: 1000 } },
    passedOn: 1,
  });
});
