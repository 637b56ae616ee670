import { createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createSigner, createVerifier, generateKeyPair } from "./key.ts";
import { EMPTY_ROOT, leafHash } from "./merkle/hash.ts";
import { signNote, verifyNote } from "./signed-note.ts";
import { signTreeHead, verifyTreeHead } from "./tree-head.ts";

const signer = createSigner(generateKeyPair().privateKeyPem);
const stranger = createSigner(generateKeyPair().privateKeyPem);
const trustedKeys = createVerifier([signer.publicKeyPem]);
const origin = "preceptor.dev/audit/main";
const head = { origin, treeSize: 8, rootHash: leafHash("x"), time: "2026-03-02T10:00:00.000Z" };

test("the note published with Go's sumdb/note verifies", () => {
  const verifierKey = Buffer.from(
    "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "base64",
  ).subarray(1);
  const jwk = { kty: "OKP", crv: "Ed25519", x: verifierKey.toString("base64url") };
  const pem = createPublicKey({ key: jwk, format: "jwk" })
    .export({ type: "spki", format: "pem" })
    .toString();
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const line =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  expect(verifyNote(`${text}\n${line}`, "PeterNeumann", createVerifier([pem]))).toMatchObject({
    ok: true,
    text,
  });
});

describe("a signed tree head", () => {
  const signed = signTreeHead(signer, head);

  test("is a checkpoint a person can read", () => {
    const root = Buffer.from(head.rootHash, "hex").toString("base64");
    expect(signed).toMatch(`${origin}\n8\n${root}\ntime 2026-03-02T10:00:00.000Z\n\n— ${origin} `);
  });

  const witness = "— witness.example.org AAAAAAAA\n";
  test.each([
    ["as it was signed -> read", signed, "ok"],
    [
      "of the empty log -> read",
      signTreeHead(signer, { ...head, treeSize: 0, rootHash: EMPTY_ROOT }),
      "ok",
    ],
    ["with a witness's line added -> read", signed + witness, "ok"],
    ["with another size -> noticed", signed.replace("\n8\n", "\n7\n"), "bad-signature"],
    ["with another time -> noticed", signed.replace("time 2026", "time 2025"), "bad-signature"],
    ["by a key nobody trusts -> refused", signTreeHead(stranger, head), "untrusted-key"],
    [
      "of another log -> refused",
      signTreeHead(signer, { ...head, origin: "preceptor.dev/audit/other" }),
      "untrusted-key",
    ],
    [
      "a signed note that is no tree head -> refused",
      signNote(signer, origin, `${origin}\nhello\n`),
      "malformed-tree-head",
    ],
    [
      "a size with a leading zero -> refused",
      signNote(signer, origin, `${origin}\n08\nAAAA\ntime x\n`),
      "malformed-tree-head",
    ],
    ["no note at all -> refused", "hello", "malformed-note"],
  ])("%s", (_, checkpoint, code) => {
    const result = verifyTreeHead(checkpoint, { trustedKeys, origin });
    expect(result.ok ? "ok" : result.code).toBe(code);
  });

  test("comes back as it went in", () => {
    expect(verifyTreeHead(signed, { trustedKeys })).toEqual({
      ok: true,
      treeHead: head,
      keyId: signer.keyId,
    });
  });

  test("an origin that could be mistaken for something else cannot be signed", () => {
    expect(() => signTreeHead(signer, { ...head, origin: "DSSEv1 4 x" })).toThrow(
      expect.objectContaining({ code: "bad-tree-head" }),
    );
  });
});
