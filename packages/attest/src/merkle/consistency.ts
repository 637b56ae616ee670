import { AttestError } from "../refusal.ts";
import { EMPTY_ROOT, isHash, nodeHash } from "./hash.ts";
import type { Hash } from "./hash.ts";
import { rootOf } from "./frontier.ts";
import { splitPoint } from "./split-point.ts";

export interface ConsistencyClaim {
  readonly firstSize: number;
  readonly firstRoot: Hash;
  readonly secondSize: number;
  readonly secondRoot: Hash;
  readonly proof: readonly Hash[];
}

/** Proof that the tree over all given leaf hashes only added to the tree of the first `firstSize` (RFC 6962 §2.1.2). */
export function consistencyProof(leaves: readonly Hash[], firstSize: number): Hash[] {
  if (!Number.isInteger(firstSize) || firstSize < 0 || firstSize > leaves.length) {
    throw new AttestError(
      "out-of-range",
      `a tree of ${leaves.length} leaves never had ${firstSize}`,
    );
  }
  if (firstSize === 0) return [];

  const path: Hash[] = [];
  let [from, to] = [0, leaves.length];
  while (to !== firstSize) {
    const middle = from + splitPoint(to - from);
    if (firstSize <= middle) {
      path.push(rootOf(leaves, middle, to));
      to = middle;
    } else {
      path.push(rootOf(leaves, from, middle));
      from = middle;
    }
  }
  // A subtree that starts at the first leaf *is* the old tree: its root is known to whoever checks.
  if (from > 0) path.push(rootOf(leaves, from, to));
  return path.reverse();
}

/** RFC 9162 §2.1.4.2. False, never an exception, for whatever a stranger sends. */
export function verifyConsistency({
  firstSize,
  firstRoot,
  secondSize,
  secondRoot,
  proof,
}: ConsistencyClaim): boolean {
  if (!Number.isSafeInteger(firstSize) || !Number.isSafeInteger(secondSize)) return false;
  if (firstSize < 0 || firstSize > secondSize) return false;
  if (!isHash(firstRoot) || !isHash(secondRoot) || !proof.every(isHash)) return false;
  if (firstSize === secondSize) return proof.length === 0 && firstRoot === secondRoot;
  if (firstSize === 0) return proof.length === 0 && firstRoot === EMPTY_ROOT;

  const path = isPowerOfTwo(firstSize) ? [firstRoot, ...proof] : proof;
  const [start, ...rest] = path;
  if (start === undefined || proof.length === 0) return false;

  let node = firstSize - 1;
  let last = secondSize - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  let first = start;
  let second = start;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      first = nodeHash(sibling, first);
      second = nodeHash(sibling, second);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      second = nodeHash(second, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && first === firstRoot && second === secondRoot;
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size));
}
