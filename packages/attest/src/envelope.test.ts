import { describe, expect, test } from "vitest";
import { preAuthenticationEncoding, signEnvelope, verifyEnvelope } from "./envelope.ts";
import { createSigner, createVerifier, generateKeyPair } from "./key.ts";

const TYPE = "application/vnd.example+json";

function aSigner() {
  return createSigner(generateKeyPair().privateKeyPem);
}

describe("DSSE", () => {
  test("the signed bytes are those of the specification's example", () => {
    const encoded = preAuthenticationEncoding(
      "http://example.com/HelloWorld",
      Buffer.from("hello world"),
    );
    expect(Buffer.from(encoded).toString()).toBe(
      "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
    );
  });

  test("lengths count bytes, not letters", () => {
    expect(Buffer.from(preAuthenticationEncoding("t/€", Buffer.from("€"))).toString()).toBe(
      "DSSEv1 5 t/€ 3 €",
    );
  });

  const signer = aSigner();
  const other = aSigner();
  const signed = signEnvelope(signer, TYPE, Buffer.from('{"a":1}'));
  const [signature] = signed.signatures;
  const altered = Buffer.from('{"a":2}').toString("base64");
  const relabelled = signEnvelope(signer, "text/plain", Buffer.from('{"a":1}'));
  const forged = signEnvelope(other, TYPE, Buffer.from('{"a":1}')).signatures[0];
  const base64url = { ...signed, payload: "_-8" };
  test.each([
    ["an untouched envelope opens", signed, "ok"],
    [
      "a second signature of a stranger does no harm",
      { ...signed, signatures: [forged, signature] },
      "ok",
    ],
    [
      "a signature of a stranger only is untrusted",
      { ...signed, signatures: [forged] },
      "untrusted-key",
    ],
    [
      "a stranger's signature under a trusted name does not hold",
      { ...signed, signatures: [{ ...forged, keyid: signer.keyId }] },
      "bad-signature",
    ],
    ["an altered payload is noticed", { ...signed, payload: altered }, "bad-signature"],
    ["another payload type is named as such", relabelled, "wrong-payload-type"],
    [
      "a payload signed as another type cannot be relabelled",
      { ...relabelled, payloadType: TYPE },
      "bad-signature",
    ],
    ["an envelope without signatures is none", { ...signed, signatures: [] }, "malformed-envelope"],
    ["a payload that is not base64 is malformed", base64url, "malformed-envelope"],
    ["nothing at all is malformed", null, "malformed-envelope"],
  ])("%s", (_, envelope, code) => {
    const result = verifyEnvelope(envelope, TYPE, createVerifier([signer.publicKeyPem]));
    expect(result.ok ? "ok" : result.code).toBe(code);
  });

  test("who trusts nobody accepts nothing", () => {
    expect(verifyEnvelope(signed, TYPE, createVerifier([]))).toMatchObject({
      ok: false,
      code: "untrusted-key",
    });
  });
});
