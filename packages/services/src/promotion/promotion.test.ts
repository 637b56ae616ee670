import { createVerifier, openDecision, verifyVote } from "@preceptor/attest";
import { audit, deployment, promotion, vote } from "@preceptor/db";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { aCompleteEvaluation } from "../testing/a-complete-evaluation.ts";
import { aDataset, aTrainedModel } from "../testing/a-trained-model.ts";
import {
  aBoard,
  anApproval,
  aVote,
  scoresWith,
  testPatients,
} from "../testing/an-open-promotion.ts";
import { newId } from "../testing/index.ts";
import { reading, transaction } from "../transaction.ts";
import {
  castVote,
  getPromotion,
  listPromotions,
  previewPromotion,
  requestPromotion,
  revokePromotion,
  withdrawPromotion,
} from "./index.ts";

test("two approvals of two decide: the decision carries both signed votes, and one deployment is open", async () => {
  const board = await aBoard();
  const request = await board.request(await board.anEvaluatedModel());
  expect(request.dossier.gates.map((one) => [one.gate, one.outcome])).toEqual([
    ["validity", "pass"],
    ["floor", "pass"],
    ["non-inferiority", "not-run"],
    ["leakage", "pass"],
    ["sample-size", "pass"],
  ]);
  expect(request.dossier.madeFrom.map((one) => `${one.kind} ${one.name}`)).toContain(
    "model base@1",
  );
  expect(request.sentence).toContain(request.dossierDigest);
  expect((await getPromotion(board.bob, request)).mayVote).toEqual({ allowed: true, why: null });

  const first = await castVote(board.bob, aVote(request));
  expect(first).toMatchObject({ status: "open", deploymentId: null });
  const decided = await castVote(board.bea, aVote(request));
  expect(decided.status).toBe("approved");
  expect(decided.deploymentId).toMatch(/^dep_/);
  const days = (decided.expiresAt!.getTime() - decided.decidedAt!.getTime()) / 86_400_000;
  expect(days).toBe(365);

  const rows = await reading(board.bob, (tx) => tx.select().from(promotion));
  const trusted = createVerifier([board.bob.signer.publicKeyPem]);
  const opened = openDecision(rows[0]?.decision, trusted);
  expect(opened).toMatchObject({ ok: true, decision: { outcome: "approved" } });
  const votes = await reading(board.bob, (tx) => tx.select().from(vote));
  for (const one of votes)
    expect(verifyVote(one.statement, trusted)).toMatchObject({
      ok: true,
      vote: { dossierDigest: request.dossierDigest, modelDigest: request.model.digest },
    });
  expect((await listPromotions(board.bob, { limit: 5, status: "approved" })).items).toHaveLength(1);
});

test("two who decide at the same moment make one decision and one deployment", async () => {
  const board = await aBoard({ approvals: 1 });
  const request = await board.request(await board.anEvaluatedModel());
  const results = await Promise.allSettled(
    [board.bob, board.bea, board.ben].map((one) => castVote(one, aVote(request))),
  );
  expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  for (const one of results)
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
  const [votes, deployments] = await reading(board.bob, async (tx) => [
    await tx.select().from(vote),
    await tx.select().from(deployment),
  ]);
  expect(votes).toHaveLength(1);
  expect(deployments).toHaveLength(1);
});

test("two last votes of a quorum cast at once are both counted, and open one deployment", async () => {
  const board = await aBoard();
  const request = await board.request(await board.anEvaluatedModel());
  const results = await Promise.all(
    [board.bob, board.bea].map((one) => castVote(one, aVote(request))),
  );
  expect(results.map((one) => one.status).sort()).toEqual(["approved", "open"]);
  expect(await reading(board.bob, (tx) => tx.select().from(deployment))).toHaveLength(1);
});

test("nobody votes twice, and enough rejections reject without a deployment", async () => {
  const board = await aBoard();
  const request = await board.request(await board.anEvaluatedModel());
  await castVote(board.bob, aVote(request, "reject"));
  await expect(castVote(board.bob, aVote(request))).rejects.toThrow(/You have voted/);
  const decided = await castVote(board.bea, aVote(request, "reject"));
  expect(decided).toMatchObject({ status: "rejected", deploymentId: null, expiresAt: null });
  await expect(castVote(board.ben, aVote(request))).rejects.toMatchObject({ code: "conflict" });
});

test("who asked, who tuned it and who trained its base are refused by the verb and by SQL itself", async () => {
  const board = await aBoard();
  const request = await board.request(await board.anEvaluatedModel());
  for (const excluded of [board.eve, board.ada, board.tom]) {
    const { caller } = excluded;
    expect((await getPromotion(excluded, request)).mayVote.allowed).toBe(false);
    await expect(castVote(excluded, aVote(request))).rejects.toMatchObject({ code: "forbidden" });
    const row = {
      id: newId("vote"),
      organizationId: caller.organizationId,
      promotionId: request.id,
      userId: caller.userId,
      printedName: caller.name,
      decision: "approve" as const,
      meaning: "approval" as const,
      reason: "by hand, past the verb",
      method: "password" as const,
      dossierDigest: request.dossierDigest,
      policyVersion: 1,
      statement: {},
      statementDigest: "sha256:0",
    };
    await expect(transaction(excluded, (tx) => tx.insert(vote).values(row))).rejects.toMatchObject({
      cause: { code: "PR004" },
    });
  }
  expect(await reading(board.bob, (tx) => tx.select().from(vote))).toEqual([]);
});

test.each<[string, object, string]>([
  ["a wrong password", { password: "wrong" }, "forbidden"],
  ["another dossier's digest", { dossierDigest: `sha256:${"0".repeat(64)}` }, "digest-mismatch"],
])("%s is refused and nothing is written", async (_name, change, code) => {
  const board = await aBoard();
  const request = await board.request(await board.anEvaluatedModel());
  await expect(castVote(board.bob, { ...aVote(request), ...change })).rejects.toMatchObject({
    code,
  });
  expect(await getPromotion(board.bob, request)).toMatchObject({ status: "open", votes: [] });
});

test("evidence that changed voids the request and the votes given so far", async () => {
  const board = await aBoard();
  const model = await board.anEvaluatedModel();
  const request = await board.request(model);
  await castVote(board.bob, aVote(request));
  await aCompleteEvaluation(board.world, board.ada, {
    suite: board.suite,
    model,
    test: board.held,
    values: scoresWith(28),
  });
  await expect(castVote(board.bea, aVote(request))).rejects.toThrow(/evidence changed/);
  const voided = await getPromotion(board.bea, request);
  expect(voided).toMatchObject({ status: "voided", deploymentId: null });
  expect(voided.votes).toHaveLength(1);
  await expect(castVote(board.ben, aVote(request))).rejects.toMatchObject({ code: "conflict" });
  expect((await board.request(model)).status).toBe("open");
});

test("a failing gate, a patient in the training data or no evaluation keep a request from the board", async () => {
  const board = await aBoard();
  const poor = await board.anEvaluatedModel(5);
  await expect(board.request(poor)).rejects.toMatchObject({
    code: "gate-failed",
    message: expect.stringContaining("floor on quality@1 is fail"),
  });
  const tainted = await aDataset(board.world, board.ada, "tainted", {
    train: [testPatients[3]!, "p9"],
  });
  const leaky = await aTrainedModel(board.world, board.ada, "leaky", [
    { name: "train", dataset: tainted, split: "train" },
  ]);
  const tuned = await aTrainedModel(board.world, board.ada, "tuned", [
    { name: "train", dataset: board.train, split: "train" },
    { name: "base", model: leaky },
  ]);
  const gates = (await previewPromotion(board.eve, board.asking(tuned))).gates;
  expect(gates.find((one) => one.gate === "leakage")).toMatchObject({
    outcome: "fail",
    finding: "1 of 40 test patients are in the training data",
  });
  expect(gates.find((one) => one.gate === "validity")?.outcome).toBe("not-run");
  await expect(board.request(tuned)).rejects.toThrow(/leakage.*1 of 40/);
});

test("one request for a model and purpose is open at a time, even when two ask at once", async () => {
  const board = await aBoard();
  const model = await board.anEvaluatedModel();
  const results = await Promise.allSettled([
    board.request(model),
    requestPromotion(board.ada, board.asking(model)),
  ]);
  expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  const open = (await listPromotions(board.bob, { limit: 5, status: "open" })).items[0]!;
  expect((await withdrawPromotion(board.eve, open)).status).toBe("withdrawn");
  expect((await board.request(model)).status).toBe("open");
});

test("one signature revokes an approval and its deployment is no longer wanted", async () => {
  const board = await aBoard();
  const approved = await anApproval(board);
  const reason = "It left a drug out of a summary.";
  expect((await revokePromotion(board.ben, { id: approved.id, reason })).status).toBe("revoked");
  const [row] = await reading(board.bob, (tx) => tx.select().from(deployment));
  expect(row).toMatchObject({ desired: "stopped", routed: false });
  await expect(revokePromotion(board.ben, { id: approved.id, reason })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(
    transaction(board.bob, (tx) => tx.update(promotion).set({ status: "approved" })),
  ).rejects.toMatchObject({ cause: { code: "PR005" } });
});

test("a dossier that was changed past us is not voted on, and who reads it is told", async () => {
  const board = await aBoard();
  const request = await board.request(await board.anEvaluatedModel());
  await castVote(board.bob, aVote(request));
  await board.world.ownerSql`
    update promotion set dossier = jsonb_set(dossier, '{evaluations,0,score,mean}', '0.999')
    where id = ${request.id}`;
  expect((await getPromotion(board.bea, request)).mayVote).toMatchObject({
    allowed: false,
    why: expect.stringMatching(/not what was frozen/),
  });
  await expect(castVote(board.bea, aVote(request))).rejects.toThrow(/not what was frozen/);
  expect(await getPromotion(board.bea, request)).toMatchObject({
    status: "open",
    deploymentId: null,
  });
});

test("after five wrong passwords not even the right one is taken for a quarter of an hour, and each is in the log", async () => {
  const board = await aBoard();
  const request = await board.request(await board.anEvaluatedModel());
  const wrong = { ...aVote(request), password: "a guess" };
  const tries = await Promise.allSettled(
    Array.from({ length: 7 }, () => castVote(board.bob, wrong)),
  );
  const codes = tries.map((one) => one.status === "rejected" && one.reason.code);
  expect(codes.filter((code) => code === "forbidden")).toHaveLength(5);
  expect(codes.filter((code) => code === "quota-exceeded")).toHaveLength(2);
  const refusals = await reading(board.bob, (tx) =>
    tx.select().from(audit).where(eq(audit.action, "member.password-refused")),
  );
  expect(refusals.map((one) => one.actorName)).toEqual(Array(5).fill("Bob"));

  await expect(castVote(board.bob, aVote(request))).rejects.toMatchObject({
    code: "quota-exceeded",
    field: "password",
  });
  expect((await castVote(board.bea, aVote(request))).votes).toHaveLength(1);
  const later = { ...board.bob, now: () => new Date(board.bob.now().getTime() + 16 * 60_000) };
  expect((await castVote(later, aVote(request))).status).toBe("approved");
});
