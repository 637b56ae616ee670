import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consistencyProof, verifyConsistency } from "./consistency.ts";
import { appendLeaf, EMPTY_FRONTIER, rootOf, rootOfFrontier } from "./frontier.ts";
import { EMPTY_ROOT, leafHash, nodeHash } from "./hash.ts";
import type { Hash } from "./hash.ts";
import { inclusionProof, verifyInclusion } from "./inclusion.ts";

// The reference tree of the certificate-transparency implementations: eight leaves, the root of each prefix, and some proofs.
const REFERENCE = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => leafHash(Buffer.from(hex, "hex")));
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

const leavesOf = (size: number) => Array.from({ length: size }, (_, i) => leafHash(`entry ${i}`));

function flip(hash: Hash, bit: number): Hash {
  const bytes = Buffer.from(hash, "hex");
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return bytes.toString("hex");
}

describe("the published reference tree", () => {
  test("every prefix has its published root, in one pass and leaf by leaf", () => {
    let frontier = EMPTY_FRONTIER;
    for (const [size, root] of ROOTS.entries()) {
      expect(rootOf(REFERENCE.slice(0, size))).toBe(root);
      expect(rootOfFrontier(frontier)).toBe(root);
      const next = REFERENCE[size];
      if (next) frontier = appendLeaf(frontier, next);
    }
  });

  test.each<[number, number, string[]]>([
    [0, 8, [A, B, C]],
    [5, 8, [D, E, ROOTS[4] ?? ""]],
    [2, 3, [ROOTS[2] ?? ""]],
    [1, 5, [ROOTS[1] ?? "", B, D]],
  ])("leaf %i in the tree of %i has its published inclusion proof", (index, size, proof) => {
    expect(inclusionProof(REFERENCE.slice(0, size), index)).toEqual(proof);
  });

  test.each<[number, number, string[]]>([
    [1, 1, []],
    [1, 8, [A, B, C]],
    [6, 8, [F, E, ROOTS[4] ?? ""]],
    [2, 5, [B, D]],
  ])("from %i to %i leaves has its published consistency proof", (first, second, proof) => {
    expect(consistencyProof(REFERENCE.slice(0, second), first)).toEqual(proof);
  });
});

describe("trees of every size", () => {
  const SIZES = Array.from({ length: 35 }, (_, size) => size);

  test("every leaf verifies at its own place and at no other", () => {
    for (const size of SIZES) {
      const leaves = leavesOf(size);
      const root = rootOf(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const proof = inclusionProof(leaves, index);
        for (const place of SIZES) {
          expect(verifyInclusion({ leaf, index: place, treeSize: size, proof, root })).toBe(
            place === index,
          );
        }
      }
    }
  });

  test("every older size is consistent with every newer one, and with no other root", () => {
    for (const secondSize of SIZES) {
      const leaves = leavesOf(secondSize);
      for (const firstSize of SIZES.slice(0, secondSize + 1)) {
        const roots = { firstRoot: rootOf(leaves.slice(0, firstSize)), secondRoot: rootOf(leaves) };
        const claim = {
          firstSize,
          secondSize,
          ...roots,
          proof: consistencyProof(leaves, firstSize),
        };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, firstRoot: flip(claim.firstRoot, 3) })).toBe(false);
        // From the empty tree everything follows: nothing there binds the newer root.
        if (firstSize > 0)
          expect(verifyConsistency({ ...claim, secondRoot: flip(claim.secondRoot, 3) })).toBe(
            false,
          );
      }
    }
  });

  const aPlace = fc.integer({ min: 2, max: 300 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      index: fc.nat(size - 1),
      bit: fc.nat(255),
      at: fc.nat(),
    }),
  );

  test("any changed bit of leaf, root or proof does not verify, nor does a shorter or longer proof", () => {
    fc.assert(
      fc.property(aPlace, ({ size, index, bit, at }) => {
        const leaves = leavesOf(size);
        const leaf = leaves[index] ?? EMPTY_ROOT;
        const claim = {
          leaf,
          index,
          treeSize: size,
          root: rootOf(leaves),
          proof: inclusionProof(leaves, index),
        };
        const changed = claim.proof.map((hash, i) =>
          i === at % claim.proof.length ? flip(hash, bit) : hash,
        );
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: flip(leaf, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(claim.root, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: changed })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: claim.proof.slice(1) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...claim.proof, EMPTY_ROOT] })).toBe(false);
      }),
    );
  });

  test("a history with one changed old leaf has no consistency proof from its honest proof", () => {
    fc.assert(
      fc.property(aPlace, ({ size, index, bit }) => {
        const leaves = leavesOf(size);
        const firstSize = index + 1;
        const rewritten = leaves.map((leaf, i) => (i === index ? flip(leaf, bit) : leaf));
        const claim = {
          firstSize,
          secondSize: size,
          firstRoot: rootOf(leaves.slice(0, firstSize)),
          secondRoot: rootOf(rewritten),
        };
        expect(verifyConsistency({ ...claim, proof: consistencyProof(leaves, firstSize) })).toBe(
          false,
        );
        expect(verifyConsistency({ ...claim, proof: consistencyProof(rewritten, firstSize) })).toBe(
          false,
        );
      }),
    );
  });

  test("appending leaf by leaf gives the root of the whole and keeps one hash per 1-bit of the size", () => {
    const leaves = leavesOf(1000);
    const frontier = leaves.reduce(appendLeaf, EMPTY_FRONTIER);
    expect(frontier.hashes).toHaveLength(6);
    expect(rootOfFrontier(frontier)).toBe(rootOf(leaves));
  });

  test.each([
    ["text that is no hash is not hashed", () => nodeHash("z".repeat(64), EMPTY_ROOT)],
    [
      "a frontier with too few hashes for its size is refused",
      () => rootOfFrontier({ size: 3, hashes: [EMPTY_ROOT] }),
    ],
    ["a leaf that is no hash is not appended", () => appendLeaf(EMPTY_FRONTIER, "abc")],
  ])("%s", (_, act) => {
    expect(act).toThrow(expect.objectContaining({ code: "bad-hash" }));
  });

  test("a proof that is no list of hashes is false, not an exception", () => {
    expect(
      verifyInclusion({ leaf: EMPTY_ROOT, index: 0, treeSize: 2, proof: ["zz"], root: EMPTY_ROOT }),
    ).toBe(false);
  });
});
