import { createVerifier, verifyAuditBundle, verifyTreeHead } from "@preceptor/attest";
import { filesystemStore } from "@preceptor/storage/filesystem";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { aWorld } from "../testing/index.ts";
import { transaction } from "../transaction.ts";
import { bundleAudit } from "./bundle.ts";
import { publishAuditHead } from "./publish-head.ts";
import { record } from "./record.ts";

test("a head put away finds out a log that its owner rewrote and signed again", async () => {
  const world = await aWorld();
  const ada = await world.aMember("Ada", "engineer");
  const alma = await world.aMember("Alma", "auditor");
  const heads = filesystemStore({ root: join(world.root, "heads") });
  const submit = (nounId: string) =>
    transaction(ada, (tx) => record(tx, ada, { action: "job.submit", noun: "job", nounId }));
  expect(await publishAuditHead(world.system, heads)).toBe(false);
  await submit("job_1");
  await submit("job_2");
  const both = await Promise.all([1, 2].map(() => publishAuditHead(world.system, heads)));
  expect(both.toSorted()).toEqual([false, true]);
  expect(await publishAuditHead(world.system, heads)).toBe(false);

  const names = [];
  for await (const { name } of heads.list(`${world.organizationId}/`)) names.push(name);
  expect(names).toEqual([`${world.organizationId}/000000000002.head`]);
  const head = await text(await heads.get(names[0] ?? ""));
  const trustedKeys = createVerifier([world.system.signer.publicKeyPem]);
  expect(verifyTreeHead(head, { trustedKeys })).toMatchObject({
    ok: true,
    treeHead: { treeSize: 2 },
  });

  await submit("job_3");
  const honest = { ...(await bundleAudit(alma)), earlierTreeHeads: [head] };
  expect(verifyAuditBundle(honest)).toMatchObject({ ok: true, entries: 3 });
  await world.ownerSql`delete from audit`;
  await world.ownerSql`delete from audit_head`;
  for (const job of ["job_1", "job_x", "job_3"]) await submit(job);
  const rewritten = await bundleAudit(alma);
  expect(verifyAuditBundle(rewritten)).toMatchObject({ ok: true });
  expect(verifyAuditBundle({ ...rewritten, earlierTreeHeads: [head] })).toMatchObject({
    ok: false,
    code: "root-mismatch",
  });
});
