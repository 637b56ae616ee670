import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createSigner, createVerifier, generateKeyPair } from "./key.ts";
import { signRoutes, verifyRoutes } from "./routes.ts";
import { signVote } from "./vote.ts";
import { digestOf } from "./canonical.ts";

const signer = createSigner(generateKeyPair().privateKeyPem);
const Route = z.object({ name: z.string(), weight: z.number() });
const table = { issuedAt: "2026-03-02T10:00:00.000Z", routes: [{ name: "discharge", weight: 1 }] };
const digest = digestOf("x");
const vote = signVote(signer, {
  promotionId: "pro_1",
  organizationId: "org_1",
  member: { id: "usr_1", printedName: "Ada Synthetic" },
  decision: "approve",
  meaning: "review",
  reason: "ok",
  votedAt: table.issuedAt,
  modelDigest: digest,
  dossierDigest: digest,
  policy: { name: "p", version: 1, digest },
  stage: "pilot",
  purpose: "care",
  method: "passkey",
});

describe("the gateway's routing table", () => {
  const signed = signRoutes(signer, table);
  const altered = { ...signed, payload: signRoutes(signer, { ...table, routes: [] }).payload };
  test.each([
    ["as it was signed -> taken", signed, undefined, "ok"],
    ["the same table again -> taken", signed, table.issuedAt, "ok"],
    [
      "an older table than the one in use -> a replay",
      signed,
      "2026-03-02T10:00:00.001Z",
      "stale-routes",
    ],
    ["altered on the way -> refused", altered, undefined, "bad-signature"],
    [
      "routes that are not routes -> refused",
      signRoutes(signer, { ...table, routes: [{ name: 1 }] }),
      undefined,
      "malformed-routes",
    ],
    ["a vote is no routing table", vote, undefined, "wrong-payload-type"],
  ])("%s", (_, envelope, notOlderThan, code) => {
    const trustedKeys = createVerifier([signer.publicKeyPem]);
    const result = verifyRoutes(envelope, {
      trustedKeys,
      route: Route,
      ...(notOlderThan && { notOlderThan }),
    });
    expect(result.ok ? "ok" : result.code).toBe(code);
    if (result.ok) expect(result.table).toEqual(table);
  });
});
