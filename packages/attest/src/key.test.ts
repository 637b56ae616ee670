import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createSigner, createVerifier, generateKeyPair } from "./key.ts";

// RFC 8410 §10.1 and §10.3.
const PUBLISHED_PUBLIC = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
`;
const PUBLISHED_PRIVATE = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
`;

describe("keys", () => {
  test("a private key knows its own public key and id, as a published pair shows", () => {
    const signer = createSigner(PUBLISHED_PRIVATE);
    expect(signer.publicKeyPem).toBe(PUBLISHED_PUBLIC);
    expect(Buffer.from(signer.raw).toString("base64")).toBe(
      "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
    );
    expect(signer.keyId).toMatch(/^ed25519:[0-9a-f]{16}$/);
    expect(
      createVerifier([PUBLISHED_PUBLIC])
        .find(signer.keyId)
        ?.verify(Buffer.from("x"), signer.sign(Buffer.from("x"))),
    ).toBe(true);
  });

  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  test.each([
    ["text that is no key cannot sign", () => createSigner("secret-but-not-a-key")],
    [
      "an RSA key cannot sign",
      () => createSigner(rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
    ],
    [
      "an RSA key is not trusted",
      () => createVerifier([rsa.publicKey.export({ type: "spki", format: "pem" }).toString()]),
    ],
    [
      "a private key among the public ones is a mistake",
      () => createVerifier([generateKeyPair().privateKeyPem]),
    ],
  ])("%s", (_, act) => {
    expect(act).toThrow(
      expect.objectContaining({ code: "bad-key", message: expect.not.stringContaining("secret") }),
    );
  });
});
