import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
} from "node:crypto";
import type { KeyObject } from "node:crypto";
import { AttestError } from "./refusal.ts";

export interface KeyPair {
  readonly keyId: string;
  /** PKCS #8; the only secret of this room. */
  readonly privateKeyPem: string;
  /** SubjectPublicKeyInfo. */
  readonly publicKeyPem: string;
}

export interface PublicKey {
  /** "ed25519:" and the first 16 hex digits of the SHA-256 of the key's SPKI DER. */
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** The 32 bytes of RFC 8032. */
  readonly raw: Uint8Array;
}

export interface Signer extends PublicKey {
  sign(data: Uint8Array): Uint8Array;
}

export interface TrustedKey extends PublicKey {
  verify(data: Uint8Array, signature: Uint8Array): boolean;
}

/** The keys a caller trusts. An empty verifier trusts nobody and so accepts nothing. */
export interface Verifier {
  readonly keys: readonly TrustedKey[];
  find(keyId: string): TrustedKey | undefined;
}

export function generateKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { keyId, publicKeyPem } = describe(createPublicKey(privateKey));
  return {
    keyId,
    publicKeyPem,
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** Throws AttestError "bad-key" if the text is no Ed25519 private key; the message never holds the text. */
export function createSigner(privateKeyPem: string): Signer {
  const privateKey = load(() => createPrivateKey(privateKeyPem), "private");
  return { ...describe(createPublicKey(privateKey)), sign: (data) => sign(null, data, privateKey) };
}

/** Throws AttestError "bad-key" if one of the texts is no Ed25519 public key. */
export function createVerifier(publicKeyPems: readonly string[]): Verifier {
  const keys = publicKeyPems.map(trustedKey);
  const byId = new Map(keys.map((key) => [key.keyId, key]));
  return { keys, find: (keyId) => byId.get(keyId) };
}

function trustedKey(publicKeyPem: string): TrustedKey {
  // createPublicKey would quietly derive from a private key: a secret in a list of public keys is a mistake to hear about.
  if (publicKeyPem.includes("PRIVATE KEY"))
    throw new AttestError("bad-key", "a private key stands where a public one belongs");
  const publicKey = load(() => createPublicKey(publicKeyPem), "public");
  return {
    ...describe(publicKey),
    verify: (data, signature) => verify(null, data, publicKey, signature),
  };
}

function load(parse: () => KeyObject, kind: "private" | "public"): KeyObject {
  let key: KeyObject;
  try {
    key = parse();
  } catch {
    throw new AttestError("bad-key", `not a PEM ${kind} key`);
  }
  if (key.asymmetricKeyType !== "ed25519")
    throw new AttestError("bad-key", `not an Ed25519 ${kind} key`);
  return key;
}

function describe(publicKey: KeyObject): PublicKey {
  const der = publicKey.export({ type: "spki", format: "der" });
  return {
    keyId: `ed25519:${hash("sha256", der, "hex").slice(0, 16)}`,
    publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    // RFC 8410: the SPKI of an Ed25519 key is a fixed 12-byte header and then the key.
    raw: der.subarray(-32),
  };
}
