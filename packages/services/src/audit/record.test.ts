import { audit, auditHead } from "@preceptor/db";
import { expect, test } from "vitest";
import { aWorld } from "../testing/index.ts";
import { transaction } from "../transaction.ts";
import { record } from "./record.ts";

test("entries get consecutive positions even when written at once, and the application cannot edit them", async () => {
  const world = await aWorld();
  const ada = await world.aMember("Ada", "engineer");
  await Promise.all(
    [1, 2, 3, 4].map((n) =>
      transaction(ada, (tx) =>
        record(tx, ada, { action: "job.submit", noun: "job", nounId: `job_${n}`, after: { n } }),
      ),
    ),
  );
  const seqs = await transaction(ada, async (tx) => ({
    rows: await tx.select().from(audit),
    heads: await tx.select().from(auditHead),
  }));
  expect(seqs.rows.map((r) => r.seq).sort()).toEqual([0, 1, 2, 3]);
  expect(seqs.heads[0]?.treeSize).toBe(4);
  await expect(
    transaction(ada, (tx) => tx.update(audit).set({ action: "nothing" })),
  ).rejects.toThrow();
});
