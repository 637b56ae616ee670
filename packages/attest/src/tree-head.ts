import { z } from "zod";
import type { Signer, Verifier } from "./key.ts";
import { isHash } from "./merkle/hash.ts";
import type { Hash } from "./merkle/hash.ts";
import { AttestError, refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { signNote, verifyNote } from "./signed-note.ts";
import type { NoteRefusalCode } from "./signed-note.ts";

/**
 * What the log's owner states about it at one moment. The wire form is a C2SP tlog-checkpoint (a signed note) and not DSSE: it is
 * four lines a person can read, print and compare, and tools and witnesses of other transparency logs understand it.
 */
export interface TreeHead {
  /** The log's name: a URL without scheme, such as preceptor.dev/audit/main. */
  readonly origin: string;
  readonly treeSize: number;
  readonly rootHash: Hash;
  /** ISO 8601 with Z; travels in the checkpoint's extension line "time …". */
  readonly time: string;
}

/** No blank (so no note can pass for a DSSE encoding, which starts "DSSEv1 ") and no plus (signed-note forbids it in names). */
const ORIGIN = /^[^\s+]+$/u;
const SIZE = /^(0|[1-9][0-9]*)$/;
const time = z.iso.datetime();

export type TreeHeadRefusalCode = NoteRefusalCode | "malformed-tree-head";

/** The checkpoint's text, ready to store or send. Throws AttestError "bad-tree-head" for values that are no tree head. */
export function signTreeHead(signer: Signer, head: TreeHead): string {
  if (!isTreeHead(head))
    throw new AttestError(
      "bad-tree-head",
      "origin, size, root or time of the tree head is malformed",
    );
  const root = Buffer.from(head.rootHash, "hex").toString("base64");
  return signNote(
    signer,
    head.origin,
    `${head.origin}\n${head.treeSize}\n${root}\ntime ${head.time}\n`,
  );
}

/** Give `origin` to insist on one log; without it, the origin the text names is taken, and its signature must be a trusted key's. */
export function verifyTreeHead(
  checkpoint: string,
  expected: { readonly trustedKeys: Verifier; readonly origin?: string },
):
  | { readonly ok: true; readonly treeHead: TreeHead; readonly keyId: string }
  | Refusal<TreeHeadRefusalCode> {
  const origin = expected.origin ?? checkpoint.slice(0, Math.max(0, checkpoint.indexOf("\n")));
  const note = verifyNote(checkpoint, origin, expected.trustedKeys);
  if (!note.ok) return note;

  const [named, size, root, extension, ...rest] = note.text.split("\n");
  const treeHead: TreeHead = {
    origin: named ?? "",
    treeSize: SIZE.test(size ?? "") ? Number(size) : Number.NaN,
    rootHash: Buffer.from(root ?? "", "base64").toString("hex"),
    time: extension?.startsWith("time ") ? extension.slice("time ".length) : "",
  };
  // After the last line's newline, split leaves one empty string: anything else is a line we did not write.
  if (named !== origin || rest.length !== 1 || !isTreeHead(treeHead)) {
    return refuse("malformed-tree-head", "the note is signed but is no tree head of this log");
  }
  return { ok: true, treeHead, keyId: note.keyId };
}

function isTreeHead(head: TreeHead): boolean {
  const sized = Number.isSafeInteger(head.treeSize) && head.treeSize >= 0;
  return (
    ORIGIN.test(head.origin) && sized && isHash(head.rootHash) && time.safeParse(head.time).success
  );
}
