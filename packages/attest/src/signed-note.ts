import { createHash } from "node:crypto";
import type { PublicKey, Signer, Verifier } from "./key.ts";
import { refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** Signature type byte for Ed25519 in C2SP signed-note. */
const ED25519 = 0x01;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

export type NoteRefusalCode = "malformed-note" | "untrusted-key" | "bad-signature";

/** `text` ends with a newline. The result is C2SP signed-note: the text, an empty line, one signature line. */
export function signNote(signer: Signer, keyName: string, text: string): string {
  const signature = Buffer.concat([noteKeyHash(keyName, signer), signer.sign(Buffer.from(text))]);
  return `${text}\n— ${keyName} ${signature.toString("base64")}\n`;
}

/** Opens a note signed under `keyName` by a trusted key. Lines of other signers (witnesses) are allowed and ignored. */
export function verifyNote(
  note: string,
  keyName: string,
  trustedKeys: Verifier,
): { readonly ok: true; readonly text: string; readonly keyId: string } | Refusal<NoteRefusalCode> {
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return refuse("malformed-note", "not a signed note");
  const text = note.slice(0, split + 1);
  const lines = note
    .slice(split + 2, -1)
    .split("\n")
    .map((line) => SIGNATURE_LINE.exec(line));
  if (lines.includes(null))
    return refuse("malformed-note", "the note's signature lines are malformed");

  let claimedTrust = false;
  for (const [, name, encoded] of lines.filter((line) => line !== null)) {
    if (name !== keyName || encoded === undefined) continue;
    const bytes = Buffer.from(encoded, "base64");
    const key = trustedKeys.keys.find((candidate) =>
      noteKeyHash(keyName, candidate).equals(bytes.subarray(0, 4)),
    );
    if (!key) continue;
    claimedTrust = true;
    if (key.verify(Buffer.from(text), bytes.subarray(4)))
      return { ok: true, text, keyId: key.keyId };
  }
  return claimedTrust
    ? refuse("bad-signature", "the note's signature does not hold: text or signature was altered")
    : refuse("untrusted-key", `the note has no signature of a trusted key named ${keyName}`);
}

function noteKeyHash(keyName: string, key: PublicKey): Buffer {
  const identity = createHash("sha256")
    .update(keyName)
    .update("\n")
    .update(Buffer.from([ED25519]))
    .update(key.raw);
  return identity.digest().subarray(0, 4);
}
