import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  appendLeaf,
  auditLeaf,
  createSigner,
  EMPTY_FRONTIER,
  generateKeyPair,
  rootOfFrontier,
  signTreeHead,
  type AuditEntry,
} from "@preceptor/attest";
import { expect, test } from "vitest";
import { aTerminal } from "../testing/a-terminal.ts";

const entryOf = (seq: number): AuditEntry => ({
  seq,
  at: "2026-05-04T10:00:00.000Z",
  actor: { kind: "member", id: "usr_1", name: "Ada" },
  action: "job.submit",
  noun: "job",
  nounId: `job_${seq}`,
  organizationId: "org_1",
  before: null,
  after: null,
  evidence: null,
});

function aBundle() {
  const keys = generateKeyPair();
  const entries = [0, 1, 2].map((seq) => ({ ...entryOf(seq), leafHash: auditLeaf(entryOf(seq)) }));
  const frontier = entries.reduce((so, { leafHash }) => appendLeaf(so, leafHash), EMPTY_FRONTIER);
  const treeHead = signTreeHead(createSigner(keys.privateKeyPem), {
    origin: "preceptor.dev/audit/org_1",
    treeSize: entries.length,
    rootHash: rootOfFrontier(frontier),
    time: "2026-05-04T10:00:01.000Z",
  });
  const bundle = {
    format: "preceptor-audit-bundle/v1",
    treeHead,
    publicKeys: [keys.publicKeyPem],
    entries,
  };
  return { keys, bundle };
}

function inFolder(files: Record<string, string>) {
  const terminal = aTerminal();
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(terminal.folder, name), text);
  return terminal;
}

test("an honest export is verified with no server; whether the key was pinned is told", async () => {
  const { keys, bundle } = aBundle();
  const { preceptor } = inFolder({
    "log.json": JSON.stringify(bundle),
    "owner.pem": keys.publicKeyPem,
  });
  expect(await preceptor("verify", "log.json")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("not pinned"),
  });
  for (const key of ["owner.pem", keys.keyId])
    expect(await preceptor("verify", "log.json", "--key", key)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("The keys were pinned"),
    });
});

test("one changed word is refused with exit code 1, and the entry is named", async () => {
  const { bundle } = aBundle();
  const forged = JSON.stringify(bundle).replace('"nounId":"job_1"', '"nounId":"job_9"');
  const { preceptor } = inFolder({ "log.json": forged });
  expect(await preceptor("verify", "log.json")).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("entry 1 was altered"),
  });
  const asJson = await preceptor("verify", "log.json", "--json");
  expect(JSON.parse(asJson.stdout)).toMatchObject({ ok: false, code: "altered-entry", index: 1 });
});

test("a forger's own key is refused where the owner's is pinned; what is no key or no bundle is exit code 2", async () => {
  const { bundle } = aBundle();
  const { preceptor } = inFolder({ "log.json": JSON.stringify(bundle), "broken.json": "{" });
  expect(await preceptor("verify", "log.json", "--key", generateKeyPair().keyId)).toMatchObject({
    code: 1,
  });
  expect(await preceptor("verify", "log.json", "--key", "nothing.pem")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--key"),
  });
  expect(await preceptor("verify", "broken.json")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is not JSON"),
  });
});

test("a head that was put away is asked too: one of another log, or of a log that was rewritten, is refused", async () => {
  const { keys, bundle } = aBundle();
  const later = aBundle();
  const files = {
    "log.json": JSON.stringify(bundle),
    "kept.head": bundle.treeHead,
    "other.head": later.bundle.treeHead,
    "owner.pem": keys.publicKeyPem,
  };
  const { preceptor } = inFolder(files);
  expect((await preceptor("verify", "log.json", "--head", "kept.head")).code).toBe(0);
  const strange = await preceptor("verify", "log.json", "--head", "other.head");
  expect(strange.code).toBe(1);
  expect(strange.stdout).toContain("earlier tree head 0");
  const missing = await preceptor("verify", "log.json", "--head", "no.head");
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain("--head");
});
