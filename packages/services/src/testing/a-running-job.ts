import { randomBytes } from "node:crypto";
import { attempt, job } from "@preceptor/db";
import { JobSpec } from "@preceptor/domain";
import { transaction } from "../transaction.ts";
import { newId, type World } from "./world.ts";

/** A job whose only attempt was handed over and runs; due in an hour unless told otherwise, so that no worker looks at it. */
export async function aRunningJob(
  world: World,
  computeTargetId: string,
  changes: Partial<typeof job.$inferInsert> = {},
): Promise<{ jobId: string; attemptId: string }> {
  const [jobId, attemptId] = [newId("job"), newId("attempt")];
  const { organizationId } = world;
  await transaction(world.system, async (tx) => {
    await tx.insert(job).values({
      id: jobId,
      organizationId,
      name: "long-run",
      kind: "pretrain",
      status: "running",
      spec: JobSpec.parse({
        name: "long-run",
        kind: "fine-tune",
        recipe: "lora-sft",
        compute: { target: "here" },
      }),
      specDigest: `sha256:${"0".repeat(64)}`,
      parameters: {},
      idempotencyKey: jobId,
      computeTargetId,
      runId: randomBytes(16).toString("hex"),
      maxAttempts: 3,
      attemptCount: 1,
      submittedBy: "usr_test",
      submittedByName: "Ada",
      dueAt: new Date(Date.now() + 3_600_000),
      ...changes,
    });
    await tx.insert(attempt).values({
      id: attemptId,
      organizationId,
      jobId,
      number: 1,
      fencingToken: 1,
      status: "running",
      tokenHash: attemptId,
      tokenExpiresAt: new Date(Date.now() + 3_600_000),
      handle: { provider: "local", attemptId, data: {} },
      createdAt: new Date(Date.now() - 60_000),
      startedAt: new Date(Date.now() - 50_000),
    });
  });
  return { jobId, attemptId };
}
