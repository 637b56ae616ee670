import type { z } from "zod";
import { auditLeaf } from "./audit-entry.ts";
import { AuditBundle } from "./bundle.ts";
import { createVerifier } from "./key.ts";
import type { Verifier } from "./key.ts";
import { appendLeaf, EMPTY_FRONTIER, rootOfFrontier } from "./merkle/frontier.ts";
import { verifyTreeHead } from "./tree-head.ts";
import type { TreeHead } from "./tree-head.ts";
import { openDecision } from "./verify-decision.ts";

export type BundleRefusalCode =
  | "malformed-bundle"
  | "malformed-entry"
  | "untrusted-key"
  | "head-signature"
  | "altered-entry"
  | "missing-entry"
  | "entry-out-of-order"
  | "surplus-entry"
  | "root-mismatch"
  | "decision-invalid";

export interface BundleRefusal {
  readonly ok: false;
  readonly code: BundleRefusalCode;
  /** First bad entry (or decision, for "decision-invalid"), counted from 0; null if the fault is not in one. */
  readonly index: number | null;
  /** With "root-mismatch": the entries among which the change lies, both ends included. */
  readonly range?: { readonly from: number; readonly to: number };
  readonly message: string;
}

export interface VerifiedBundle {
  readonly ok: true;
  readonly treeHead: TreeHead;
  readonly entries: number;
  readonly decisions: number;
  /** The keys inside the bundle. Unless `pinned`, compare them with what the owner published: a forger brings keys of their own. */
  readonly keyIds: readonly string[];
  readonly pinned: boolean;
}

/** `trustedKeyIds`: the key ids the auditor has from elsewhere. Without them the bundle is only proven consistent with itself. */
export function verifyAuditBundle(
  candidate: unknown,
  options: { readonly trustedKeyIds?: readonly string[] } = {},
): VerifiedBundle | BundleRefusal {
  const parsed = AuditBundle.safeParse(candidate);
  if (!parsed.success) return malformed(parsed.error);
  const bundle = parsed.data;

  const keys = trustedKeys(bundle.publicKeys, options.trustedKeyIds);
  if (!keys)
    return bad(
      "untrusted-key",
      null,
      "the bundle holds an unreadable key, or none that is trusted",
    );
  const heads = readHeads(bundle, keys);
  if (!heads.ok) return heads;
  const treeHead = heads.last;

  const entryFault =
    firstBadEntry(bundle.entries, treeHead.treeSize) ?? firstBadRoot(bundle.entries, heads.all);
  if (entryFault) return entryFault;
  for (const [index, envelope] of (bundle.decisions ?? []).entries()) {
    const opened = openDecision(envelope, keys);
    if (!opened.ok) return bad("decision-invalid", index, `decision ${index}: ${opened.message}`);
  }
  return {
    ok: true,
    treeHead,
    entries: bundle.entries.length,
    decisions: bundle.decisions?.length ?? 0,
    keyIds: keys.keys.map((key) => key.keyId),
    pinned: options.trustedKeyIds !== undefined,
  };
}

function trustedKeys(
  pems: readonly string[],
  pinned: readonly string[] | undefined,
): Verifier | undefined {
  try {
    const { keys } = createVerifier(pems);
    const trusted = pinned ? keys.filter((key) => pinned.includes(key.keyId)) : keys;
    return trusted.length > 0 ? createVerifier(trusted.map((key) => key.publicKeyPem)) : undefined;
  } catch {
    return undefined;
  }
}

function readHeads(
  bundle: AuditBundle,
  keys: Verifier,
):
  | { readonly ok: true; readonly last: TreeHead; readonly all: readonly TreeHead[] }
  | BundleRefusal {
  const newest = verifyTreeHead(bundle.treeHead, { trustedKeys: keys });
  if (!newest.ok) return bad(headCode(newest.code), null, `tree head: ${newest.message}`);
  const { treeHead } = newest;
  const all: TreeHead[] = [treeHead];
  for (const [index, checkpoint] of (bundle.earlierTreeHeads ?? []).entries()) {
    const earlier = verifyTreeHead(checkpoint, { trustedKeys: keys, origin: treeHead.origin });
    if (!earlier.ok)
      return bad(headCode(earlier.code), null, `earlier tree head ${index}: ${earlier.message}`);
    if (earlier.treeHead.treeSize > treeHead.treeSize) {
      return bad(
        "missing-entry",
        treeHead.treeSize,
        `earlier tree head ${index} already counted more entries than the newest`,
      );
    }
    all.push(earlier.treeHead);
  }
  return { ok: true, last: treeHead, all: all.sort((a, b) => a.treeSize - b.treeSize) };
}

/** Gaps, order and entries whose content no longer gives the hash recorded for them. */
function firstBadEntry(
  entries: AuditBundle["entries"],
  treeSize: number,
): BundleRefusal | undefined {
  for (const [index, entry] of entries.entries()) {
    if (index >= treeSize)
      return bad("surplus-entry", index, `entry ${index} is not under the signed tree head`);
    if (entry.seq > index)
      return bad(
        "missing-entry",
        index,
        `entry ${index} is missing: seq ${entry.seq} stands in its place`,
      );
    if (entry.seq < index)
      return bad(
        "entry-out-of-order",
        index,
        `entry ${index} is seq ${entry.seq} again, or out of order`,
      );
    if (auditLeaf(entry) !== entry.leafHash) {
      return bad(
        "altered-entry",
        index,
        `entry ${index} was altered: its content does not give its recorded hash`,
      );
    }
  }
  if (entries.length < treeSize) {
    return bad(
      "missing-entry",
      entries.length,
      `the tree head counts ${treeSize} entries; from entry ${entries.length} on they are missing`,
    );
  }
  return undefined;
}

/** The first signed head that the entries do not lead to. Its change lies after the last head they did lead to. */
function firstBadRoot(
  entries: AuditBundle["entries"],
  heads: readonly TreeHead[],
): BundleRefusal | undefined {
  let frontier = EMPTY_FRONTIER;
  let agreed = 0;
  for (const head of heads) {
    for (const entry of entries.slice(frontier.size, head.treeSize))
      frontier = appendLeaf(frontier, entry.leafHash);
    if (rootOfFrontier(frontier) !== head.rootHash) {
      const range = { from: agreed, to: Math.max(agreed, head.treeSize - 1) };
      const message = `entries ${range.from} to ${range.to} are not those under the head signed at ${head.time}`;
      return {
        ...bad("root-mismatch", range.from === range.to ? range.from : null, message),
        range,
      };
    }
    agreed = head.treeSize;
  }
  return undefined;
}

function malformed(error: z.ZodError): BundleRefusal {
  const path = error.issues[0]?.path ?? [];
  const [field, index] = path;
  if (field === "entries" && typeof index === "number") {
    return bad(
      "malformed-entry",
      index,
      `entry ${index}: ${path.slice(2).join(".") || "the entry"} is missing or malformed`,
    );
  }
  return bad(
    "malformed-bundle",
    null,
    `not an audit bundle: ${path.join(".") || "the document"} is missing or malformed`,
  );
}

function headCode(code: string): BundleRefusalCode {
  return code === "untrusted-key" ? "untrusted-key" : "head-signature";
}

function bad(code: BundleRefusalCode, index: number | null, message: string): BundleRefusal {
  return { ok: false, code, index, message };
}
