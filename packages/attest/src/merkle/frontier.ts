import { AttestError } from "../refusal.ts";
import { EMPTY_ROOT, isHash, nodeHash } from "./hash.ts";
import type { Hash } from "./hash.ts";

/**
 * All that appending needs to know of a tree (a "compact range" from 0): the roots of its perfect subtrees, largest first. One
 * hash per 1-bit of the size, so a log of a million entries is at most 20 hashes in one row.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Hash[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/** The tree with one more leaf. Throws AttestError "bad-hash" if the frontier cannot be one of its size. */
export function appendLeaf(frontier: Frontier, leaf: Hash): Frontier {
  assertFrontier(frontier);
  if (!isHash(leaf)) throw new AttestError("bad-hash", "the leaf is not a hash");
  const hashes = [...frontier.hashes];
  pushLeaf(hashes, frontier.size, leaf);
  return { size: frontier.size + 1, hashes };
}

/** Root of the tree the frontier stands for. */
export function rootOfFrontier(frontier: Frontier): Hash {
  assertFrontier(frontier);
  return foldRoot(frontier.hashes);
}

/** Root over leaf hashes `from` (inclusive) to `to` (exclusive): MTH of RFC 6962 §2.1, in one pass and O(log n) memory. */
export function rootOf(leaves: readonly Hash[], from = 0, to = leaves.length): Hash {
  const hashes: Hash[] = [];
  for (let index = from; index < to; index += 1) {
    const leaf = leaves[index];
    if (leaf === undefined) throw new AttestError("out-of-range", `there is no leaf ${index}`);
    pushLeaf(hashes, index - from, leaf);
  }
  return foldRoot(hashes);
}

function pushLeaf(hashes: Hash[], size: number, leaf: Hash): void {
  let merged = leaf;
  // Each trailing 1-bit of the size is a perfect subtree as large as the one growing: they become one.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = hashes.pop();
    if (left === undefined)
      throw new AttestError("bad-hash", "the frontier has too few hashes for its size");
    merged = nodeHash(left, merged);
  }
  hashes.push(merged);
}

function foldRoot(hashes: readonly Hash[]): Hash {
  if (hashes.length === 0) return EMPTY_ROOT;
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

function assertFrontier({ size, hashes }: Frontier): void {
  if (!Number.isSafeInteger(size) || size < 0)
    throw new AttestError("bad-hash", "a tree's size is a whole number");
  const ones = size.toString(2).replaceAll("0", "").length;
  if (hashes.length !== ones || !hashes.every(isHash)) {
    throw new AttestError("bad-hash", `a frontier of size ${size} has ${ones} hashes`);
  }
}
