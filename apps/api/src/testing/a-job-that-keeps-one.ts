import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { checkpoint, job, strayObject } from "@preceptor/db";
import { blobName } from "@preceptor/storage";
import { eq } from "drizzle-orm";
import { aRunningJob } from "./a-job.ts";
import type { Edge } from "./an-edge.ts";

/** A running job that wrote three checkpoints of nine bytes and asks to keep the last. */
export async function aJobThatKeepsOne(edge: Edge, organizationId: string) {
  const { jobId, attempt } = await aRunningJob(edge, organizationId);
  const { attemptId } = await attempt();
  const [of] = await edge.ownerDb.select().from(job).where(eq(job.id, jobId));
  if (!of) throw new Error("the job is not there");
  const spec = { ...of.spec, checkpoints: { keep: { last: 1 } } };
  await edge.ownerDb.update(job).set({ spec }).where(eq(job.id, jobId));
  for (const step of [1, 2, 3]) {
    const text = `weights ${step}`;
    const sha256 = createHash("sha256").update(text).digest("hex");
    await edge.services.store.put(blobName(organizationId, sha256), Readable.from([text]));
    await edge.ownerDb.insert(checkpoint).values({
      id: edge.services.newId("checkpoint"),
      organizationId,
      jobId,
      attemptId,
      name: `checkpoint-${step}`,
      kind: "step",
      step,
      digest: `sha256:${sha256}`,
      sizeBytes: text.length,
      files: [{ path: "state.json", sha256, sizeBytes: text.length }],
      metrics: {},
      state: "committed",
    });
  }
  return {
    jobId,
    /** What was found to be of no use was found three days ago. */
    passThreeDays: () =>
      edge.ownerDb.update(strayObject).set({ foundAt: new Date(Date.now() - 3 * 24 * 3_600_000) }),
  };
}
