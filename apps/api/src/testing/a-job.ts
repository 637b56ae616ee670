import { createHash, randomBytes } from "node:crypto";
import { attempt, computeTarget, job, run } from "@preceptor/db";
import { JobSpec } from "@preceptor/domain";
import { ensureExperiment, inOrganization } from "@preceptor/tracking";
import { eq } from "drizzle-orm";
import type { Edge } from "./an-edge.ts";

/** A running job with its run, written as the job verbs leave it. */
export async function aRunningJob(edge: Edge, organizationId: string) {
  const { newId } = edge.services;
  const jobId = newId("job");
  const runId = randomBytes(16).toString("hex");
  const spec = JobSpec.parse({
    name: "a-job",
    kind: "fine-tune",
    recipe: "lora-sft",
    compute: { target: "local" },
  });
  await inOrganization(edge.db, organizationId, async (tx) => {
    const [target] = await tx.select().from(computeTarget).where(eq(computeTarget.name, "local"));
    if (!target) throw new Error("the organization has no target");
    await tx.insert(job).values({
      id: jobId,
      organizationId,
      name: spec.name,
      kind: spec.kind,
      status: "running",
      spec,
      specDigest: "sha256:0",
      parameters: {},
      idempotencyKey: jobId,
      computeTargetId: target.id,
      runId,
      maxAttempts: 3,
      submittedBy: "usr_x",
      submittedByName: "Ada",
    });
    const { id: experimentId } = await ensureExperiment(tx, organizationId, "fine-tune");
    await tx.insert(run).values({
      id: runId,
      organizationId,
      experimentId,
      jobId,
      name: "a-job",
      userId: "usr_x",
      startedAt: new Date(),
    });
  });
  return {
    jobId,
    runId,
    /** Starts the next attempt and gives its bearer token. */
    async attempt(number = 1): Promise<{ attemptId: string; token: string }> {
      const token = randomBytes(32).toString("base64url");
      const attemptId = newId("attempt");
      await inOrganization(edge.db, organizationId, async (tx) => {
        await tx.insert(attempt).values({
          id: attemptId,
          organizationId,
          jobId,
          number,
          fencingToken: number,
          status: "running",
          tokenHash: createHash("sha256").update(token).digest("hex"),
          tokenExpiresAt: new Date(Date.now() + 3_600_000),
        });
        await tx.update(job).set({ attemptCount: number }).where(eq(job.id, jobId));
      });
      return { attemptId, token };
    },
    async end(status: "succeeded" | "failed"): Promise<void> {
      await inOrganization(edge.db, organizationId, async (tx) => {
        await tx.update(job).set({ status, endedAt: new Date() }).where(eq(job.id, jobId));
        await tx.execute(`select pg_notify('changed', '${organizationId}:job:${jobId}')`);
      });
    },
  };
}
