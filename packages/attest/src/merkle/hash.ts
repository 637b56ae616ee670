import { hash } from "node:crypto";
import { AttestError } from "../refusal.ts";

/** A SHA-256 as 64 lower-case hex digits: fits a column and a JSON field as it is, and `===` compares it. */
export type Hash = string;

const HASH_TEXT = /^[0-9a-f]{64}$/;

/** Root of the tree without leaves: SHA-256 of nothing (RFC 6962 §2.1). */
export const EMPTY_ROOT: Hash = hash("sha256", "", "hex");

export function isHash(text: string): boolean {
  return HASH_TEXT.test(text);
}

/** SHA-256(0x00 ‖ data). The prefix keeps a leaf from passing for a node (RFC 6962 §2.1). A string is taken as UTF-8. */
export function leafHash(data: Uint8Array | string): Hash {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  return hash("sha256", Buffer.concat([LEAF_PREFIX, bytes]), "hex");
}

/** SHA-256(0x01 ‖ left ‖ right). Throws AttestError "bad-hash" if a side is not 64 hex digits. */
export function nodeHash(left: Hash, right: Hash): Hash {
  // One scratch buffer: the function is synchronous, and a tree of 100 000 leaves calls it 99 999 times.
  if (left.length !== 64 || right.length !== 64) throw badHash();
  if (node.write(left, 1, "hex") !== 32 || node.write(right, 33, "hex") !== 32) throw badHash();
  return hash("sha256", node, "hex");
}

const LEAF_PREFIX = Buffer.from([0]);
const node = Buffer.alloc(65, 1);

function badHash(): AttestError {
  return new AttestError("bad-hash", "a hash is 64 lower-case hex digits");
}
