import { describe, expect, test } from "vitest";
import { digestOf } from "./canonical.ts";
import { signDecision } from "./decision.ts";
import type { Decision } from "./decision.ts";
import { signEnvelope } from "./envelope.ts";
import type { Envelope } from "./envelope.ts";
import { createSigner, createVerifier, generateKeyPair } from "./key.ts";
import { STATEMENT_PAYLOAD_TYPE } from "./statement.ts";
import { verifyDecision } from "./verify-decision.ts";
import type { DecisionExpectation } from "./verify-decision.ts";
import { signVote, voteDigest } from "./vote.ts";
import type { Vote } from "./vote.ts";

const signer = createSigner(generateKeyPair().privateKeyPem);
const stranger = createSigner(generateKeyPair().privateKeyPem);
const model = { name: "discharge-summary", version: 3, digest: digestOf("model") };
const policy = { name: "tier-2", version: 1, digest: digestOf("policy") };
const bound = {
  promotionId: "pro_1",
  organizationId: "org_1",
  dossierDigest: digestOf("dossier"),
  policy,
  stage: "pilot",
  purpose: "care",
};

function aVote(change: Partial<Vote> = {}): Vote {
  return {
    ...bound,
    member: { id: "usr_1", printedName: "Ada Synthetic" },
    decision: "approve",
    meaning: "approval",
    reason: "evidence is sufficient",
    votedAt: "2026-03-01T10:00:00.000Z",
    modelDigest: model.digest,
    method: "password",
    ...change,
  };
}

const second = aVote({ member: { id: "usr_2", printedName: "Bo Synthetic" } });

function aDecision(change: Partial<Decision> = {}): Decision {
  const votes = [signVote(signer, aVote()), signVote(signer, second)];
  const times = { decidedAt: "2026-03-02T10:00:00.000Z", expiresAt: "2026-09-02T10:00:00.000Z" };
  return { ...bound, outcome: "approved", model, votes, ...times, ...change };
}

const expectation: DecisionExpectation = {
  trustedKeys: createVerifier([signer.publicKeyPem]),
  modelDigest: model.digest,
  organizationId: "org_1",
  purpose: "care",
  stage: "pilot",
  now: new Date("2026-03-03T00:00:00Z"),
};

const decisionWith = (change: Partial<Decision>) => signDecision(signer, aDecision(change));
const decisionWithVote = (change: Partial<Vote>) =>
  decisionWith({ votes: [signVote(signer, aVote()), signVote(signer, { ...second, ...change })] });

function alteredSubject(): Envelope {
  const payload = Buffer.from(decisionWith({}).payload, "base64").toString();
  const moved = payload.replace(
    /"subject":\[\{"digest":\{"sha256":"[0-9a-f]{4}/,
    '"subject":[{"digest":{"sha256":"0000',
  );
  return signEnvelope(signer, STATEMENT_PAYLOAD_TYPE, Buffer.from(moved));
}

function alteredPayload(): Envelope {
  const envelope = decisionWith({ outcome: "rejected" });
  return { ...envelope, payload: decisionWith({}).payload };
}

describe("a decision about a model", () => {
  test.each<[string, Envelope, Partial<DecisionExpectation>, string]>([
    [
      "approved by two members for this model, stage and purpose -> allowed",
      decisionWith({}),
      {},
      "ok",
    ],
    [
      "signed by a key nobody trusts -> refused",
      signDecision(stranger, aDecision()),
      {},
      "untrusted-key",
    ],
    ["altered after signing -> refused", alteredPayload(), {}, "bad-signature"],
    ["a vote is not a decision", signVote(signer, aVote()), {}, "wrong-predicate"],
    [
      "a subject other than the model it decides on -> refused",
      alteredSubject(),
      {},
      "subject-mismatch",
    ],
    [
      "moved to another model -> refused",
      decisionWith({}),
      { modelDigest: digestOf("other") },
      "wrong-model",
    ],
    [
      "moved to another organization -> refused",
      decisionWith({}),
      { organizationId: "org_2" },
      "wrong-organization",
    ],
    [
      "moved to another purpose -> refused",
      decisionWith({}),
      { purpose: "research" },
      "wrong-purpose",
    ],
    ["moved to another stage -> refused", decisionWith({}), { stage: "general" }, "wrong-stage"],
    ["rejected by the board -> refused", decisionWith({ outcome: "rejected" }), {}, "not-approved"],
    [
      "at the instant it expires -> refused",
      decisionWith({}),
      { now: new Date("2026-09-02T10:00:00.000Z") },
      "expired",
    ],
    [
      "a millisecond before it expires -> allowed",
      decisionWith({}),
      { now: new Date("2026-09-02T09:59:59.999Z") },
      "ok",
    ],
    [
      "dated tomorrow -> refused",
      decisionWith({}),
      { now: new Date("2026-03-01T10:00:00Z") },
      "decided-in-the-future",
    ],
    [
      "approved without a single vote -> refused",
      decisionWith({ votes: [] }),
      {},
      "too-few-approvals",
    ],
    [
      "fewer approvals than asked for -> refused",
      decisionWith({}),
      { minimumApprovals: 3 },
      "too-few-approvals",
    ],
    [
      "a rejecting vote is no approval",
      decisionWithVote({ decision: "reject" }),
      { minimumApprovals: 2 },
      "too-few-approvals",
    ],
    [
      "two votes of one member -> refused",
      decisionWithVote({ member: { id: "usr_1", printedName: "Someone Else" } }),
      {},
      "duplicate-voter",
    ],
    [
      "a vote signed by a stranger -> refused",
      decisionWith({ votes: [signVote(stranger, aVote())] }),
      {},
      "vote-invalid",
    ],
    [
      "a decision in the place of a vote -> refused",
      decisionWith({ votes: [decisionWith({})] }),
      {},
      "vote-invalid",
    ],
    [
      "a vote on another promotion -> refused",
      decisionWithVote({ promotionId: "pro_2" }),
      {},
      "vote-mismatch",
    ],
    [
      "a vote of another organization -> refused",
      decisionWithVote({ organizationId: "org_2" }),
      {},
      "vote-mismatch",
    ],
    [
      "a vote on other evidence -> refused",
      decisionWithVote({ dossierDigest: digestOf("older") }),
      {},
      "vote-mismatch",
    ],
    [
      "a vote on another model -> refused",
      decisionWithVote({ modelDigest: digestOf("other") }),
      {},
      "vote-mismatch",
    ],
    [
      "a vote under another policy text -> refused",
      decisionWithVote({ policy: { ...policy, digest: digestOf("older") } }),
      {},
      "vote-mismatch",
    ],
    [
      "a vote under another policy version -> refused",
      decisionWithVote({ policy: { ...policy, version: 2 } }),
      {},
      "vote-mismatch",
    ],
    [
      "a vote for another stage -> refused",
      decisionWithVote({ stage: "shadow" }),
      {},
      "vote-mismatch",
    ],
    [
      "a vote for another purpose -> refused",
      decisionWithVote({ purpose: "research" }),
      {},
      "vote-mismatch",
    ],
  ])("%s", (_, envelope, change, code) => {
    const result = verifyDecision(envelope, { ...expectation, ...change });
    expect(result.ok ? "ok" : result.code).toBe(code);
  });

  test("who does not insist on a stage is told which one it is", () => {
    const { stage: _, ...anyStage } = expectation;
    expect(verifyDecision(decisionWith({}), anyStage)).toMatchObject({
      ok: true,
      decision: { stage: "pilot" },
    });
  });

  test("an address given by mistake never enters the signed vote", () => {
    const member = { id: "usr_1", printedName: "Ada Synthetic", email: "ada@example.org" };
    expect(
      Buffer.from(signVote(signer, aVote({ member })).payload, "base64").toString(),
    ).not.toContain("ada@example.org");
  });

  test("what a member agrees to is the digest of the payload that gets signed", () => {
    const payload = JSON.parse(Buffer.from(signVote(signer, aVote()).payload, "base64").toString());
    expect(voteDigest(aVote())).toBe(digestOf(payload));
    expect(voteDigest(aVote({ reason: "another reason" }))).not.toBe(voteDigest(aVote()));
  });
});
