import { AttestError } from "../refusal.ts";
import { isHash, nodeHash } from "./hash.ts";
import type { Hash } from "./hash.ts";
import { rootOf } from "./frontier.ts";
import { splitPoint } from "./split-point.ts";

export interface InclusionClaim {
  readonly leaf: Hash;
  readonly index: number;
  readonly treeSize: number;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

/** The sibling hashes from leaf `index` up to the root over all given leaf hashes (PATH of RFC 6962 §2.1.1). */
export function inclusionProof(leaves: readonly Hash[], index: number): Hash[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new AttestError("out-of-range", `a tree of ${leaves.length} leaves has no leaf ${index}`);
  }
  const path: Hash[] = [];
  let [from, to] = [0, leaves.length];
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      path.push(rootOf(leaves, middle, to));
      to = middle;
    } else {
      path.push(rootOf(leaves, from, middle));
      from = middle;
    }
  }
  return path.reverse();
}

/** RFC 9162 §2.1.3.2. False, never an exception, for whatever a stranger sends. */
export function verifyInclusion({ leaf, index, treeSize, proof, root }: InclusionClaim): boolean {
  if (
    !Number.isSafeInteger(index) ||
    !Number.isSafeInteger(treeSize) ||
    index < 0 ||
    index >= treeSize
  )
    return false;
  if (!isHash(leaf) || !proof.every(isHash)) return false;

  let node = index;
  let last = treeSize - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      // The right edge of an unfinished tree skips the levels where it has no sibling.
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash === root;
}
