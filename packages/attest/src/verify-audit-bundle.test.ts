import { describe, expect, test } from "vitest";
import { auditLeaf } from "./audit-entry.ts";
import type { AuditEntry } from "./audit-entry.ts";
import type { AuditBundle } from "./bundle.ts";
import { createSigner, generateKeyPair } from "./key.ts";
import { rootOf } from "./merkle/frontier.ts";
import { signTreeHead } from "./tree-head.ts";
import { verifyAuditBundle } from "./verify-audit-bundle.ts";

const signer = createSigner(generateKeyPair().privateKeyPem);
const stranger = createSigner(generateKeyPair().privateKeyPem);

const ada = { kind: "member" as const, id: "usr_1", name: "Ada Synthetic" };
const eve = { kind: "member" as const, id: "usr_9", name: "Eve Synthetic" };

function entryOf(seq: number, change: Partial<AuditEntry> = {}) {
  const at = new Date(Date.UTC(2026, 0, 1, 0, seq)).toISOString();
  const subject = { noun: "job", nounId: `job_${seq}`, organizationId: "org_1" };
  const entry: AuditEntry = {
    seq,
    at,
    actor: ada,
    action: "job.submit",
    ...subject,
    before: null,
    after: { n: seq },
    evidence: null,
    ...change,
  };
  return { ...entry, leafHash: auditLeaf(entry) };
}

function headOver(entries: readonly { leafHash: string }[], by = signer) {
  const rootHash = rootOf(entries.map((entry) => entry.leafHash));
  return signTreeHead(by, {
    origin: "preceptor.dev/audit/test",
    treeSize: entries.length,
    rootHash,
    time: "2026-02-01T00:00:00.000Z",
  });
}

const honest = Array.from({ length: 12 }, (_, seq) => entryOf(seq));
const bundleOf = (change: Partial<AuditBundle> = {}): AuditBundle => ({
  format: "preceptor-audit-bundle/v1",
  treeHead: headOver(honest),
  publicKeys: [signer.publicKeyPem],
  entries: honest,
  ...change,
});
const replaced = (index: number, entry: (typeof honest)[number]) =>
  honest.map((old, i) => (i === index ? entry : old));
const without = (index: number) => honest.filter((_, i) => i !== index);
const quietlyRewritten = replaced(7, entryOf(7, { actor: eve }));

describe("an audit bundle, checked without a server", () => {
  test.each<[string, unknown, string, number | null]>([
    ["as it was exported -> good", bundleOf(), "ok", null],
    [
      "with an older head of the same log -> good",
      bundleOf({ earlierTreeHeads: [headOver(honest.slice(0, 5))] }),
      "ok",
      null,
    ],
    [
      "one field of entry 7 changed -> entry 7 is named",
      bundleOf({ entries: replaced(7, { ...entryOf(7), actor: eve }) }),
      "altered-entry",
      7,
    ],
    [
      "entries 3 and 7 changed -> the first is named",
      bundleOf({
        entries: replaced(7, { ...entryOf(7), actor: eve }).map((e, i) =>
          i === 3 ? { ...e, action: "x" } : e,
        ),
      }),
      "altered-entry",
      3,
    ],
    [
      "entry 4 left out -> its place is named",
      bundleOf({ entries: without(4) }),
      "missing-entry",
      4,
    ],
    [
      "the first entry left out -> its place is named",
      bundleOf({ entries: honest.slice(1) }),
      "missing-entry",
      0,
    ],
    [
      "the last entry left out -> its place is named",
      bundleOf({ entries: without(11) }),
      "missing-entry",
      11,
    ],
    [
      "an entry added at the end -> it is named",
      bundleOf({ entries: [...honest, entryOf(12)] }),
      "surplus-entry",
      12,
    ],
    [
      "an entry given twice -> the second is named",
      bundleOf({ entries: [...honest.slice(0, 3), ...honest.slice(2)] }),
      "entry-out-of-order",
      3,
    ],
    [
      "an entry without an actor -> it is named",
      bundleOf({ entries: replaced(2, { ...entryOf(2), actor: { ...ada, id: "" } }) }),
      "malformed-entry",
      2,
    ],
    [
      "entry 7 rewritten with a fitting hash -> the root tells",
      bundleOf({ entries: quietlyRewritten }),
      "root-mismatch",
      null,
    ],
    ["rewritten between two heads one apart -> the entry is named", narrowed(), "root-mismatch", 7],
    [
      "a head for another root -> noticed",
      bundleOf({ treeHead: headOver(quietlyRewritten) }),
      "root-mismatch",
      null,
    ],
    [
      "a head whose text was altered -> noticed",
      bundleOf({ treeHead: headOver(honest).replace("\n12\n", "\n11\n") }),
      "head-signature",
      null,
    ],
    [
      "a head by a key outside the bundle -> noticed",
      bundleOf({ treeHead: headOver(honest, stranger) }),
      "untrusted-key",
      null,
    ],
    [
      "an older head that counted more entries -> the log was cut",
      bundleOf({
        treeHead: headOver(honest.slice(0, 9)),
        entries: honest.slice(0, 9),
        earlierTreeHeads: [headOver(honest)],
      }),
      "missing-entry",
      9,
    ],
    [
      "a decision that is none -> named",
      bundleOf({
        decisions: [{ payloadType: "x", payload: "", signatures: [{ keyid: "x", sig: "" }] }],
      }),
      "decision-invalid",
      0,
    ],
    ["a file that is something else -> refused", { hello: 1 }, "malformed-bundle", null],
  ])("%s", (_, bundle, code, index) => {
    const result = verifyAuditBundle(JSON.parse(JSON.stringify(bundle)));
    expect(result.ok ? "ok" : result.code).toBe(code);
    if (!result.ok) expect(result.index).toBe(index);
  });

  test("older heads narrow a rewritten log down to a range", () => {
    const earlierTreeHeads = [headOver(honest.slice(0, 9)), headOver(honest.slice(0, 5))];
    const result = verifyAuditBundle(
      bundleOf({
        entries: quietlyRewritten,
        treeHead: headOver(quietlyRewritten),
        earlierTreeHeads,
      }),
    );
    expect(result).toMatchObject({ ok: false, code: "root-mismatch", range: { from: 5, to: 8 } });
  });

  test("a forger's consistent log with keys of their own passes only where no key is pinned", () => {
    const forged = bundleOf({
      treeHead: headOver(honest, stranger),
      publicKeys: [stranger.publicKeyPem],
    });
    expect(verifyAuditBundle(forged)).toMatchObject({
      ok: true,
      pinned: false,
      keyIds: [stranger.keyId],
    });
    expect(verifyAuditBundle(forged, { trustedKeyIds: [signer.keyId] })).toMatchObject({
      ok: false,
      code: "untrusted-key",
    });
    expect(verifyAuditBundle(bundleOf(), { trustedKeyIds: [signer.keyId] })).toMatchObject({
      ok: true,
      pinned: true,
    });
  });
});

function narrowed(): AuditBundle {
  const earlierTreeHeads = [headOver(honest.slice(0, 7)), headOver(honest.slice(0, 8))];
  return bundleOf({
    entries: quietlyRewritten,
    treeHead: headOver(quietlyRewritten),
    earlierTreeHeads,
  });
}
