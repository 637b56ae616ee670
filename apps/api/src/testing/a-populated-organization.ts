import * as db from "@preceptor/db";
import type { Evaluation } from "@preceptor/domain";
import { inOrganization } from "@preceptor/tracking";
import { aRunningJob } from "./a-job.ts";
import type { Edge } from "./an-edge.ts";

const digest = `sha256:${"a".repeat(64)}`;
const by = { createdBy: "usr_x", createdByName: "Ada" };

/** One row of every noun, so that there is something somebody else must not reach. Returns their ids. */
export async function populate(edge: Edge, organizationId: string) {
  const { newId } = edge.services;
  const job = await aRunningJob(edge, organizationId);
  const { attemptId } = await job.attempt();
  const id = {
    dataset: newId("dataset"),
    datasetVersion: newId("datasetVersion"),
    upload: newId("upload"),
    checkpoint: newId("checkpoint"),
    model: newId("model"),
    modelVersion: newId("modelVersion"),
    suite: newId("evaluationSuite"),
    evaluation: newId("evaluation"),
    policy: newId("policy"),
    promotion: newId("promotion"),
    deployment: newId("deployment"),
  };
  const test = "dataset://notes@1/test";
  await inOrganization(edge.db, organizationId, async (tx) => {
    const own = { organizationId };
    const [target] = await tx.select({ id: db.computeTarget.id }).from(db.computeTarget);
    const computeTargetId = target?.id ?? "";
    await tx.insert(db.dataset).values({ ...own, id: id.dataset, name: "notes", title: "Notes" });
    await tx.insert(db.datasetVersion).values({
      ...own,
      ...by,
      id: id.datasetVersion,
      datasetId: id.dataset,
      version: 1,
      description: "",
      digest,
      permit: { deIdentification: "synthetic", statement: "synthetic", purposes: [] },
      sizeBytes: 1,
    });
    await tx.insert(db.datasetUpload).values({
      ...own,
      id: id.upload,
      request: { name: "notes", files: [] },
      createdBy: "usr_x",
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    const made = { files: [], sizeBytes: 1, digest };
    await tx.insert(db.checkpoint).values({
      ...own,
      ...made,
      id: id.checkpoint,
      jobId: job.jobId,
      attemptId,
      name: "model",
      kind: "final",
      metrics: {},
      state: "committed",
    });
    await tx.insert(db.model).values({ ...own, id: id.model, name: "summary" });
    await tx.insert(db.modelVersion).values({
      ...own,
      ...by,
      ...made,
      id: id.modelVersion,
      modelId: id.model,
      version: 1,
      description: "",
      checkpointId: id.checkpoint,
      jobId: job.jobId,
    });
    await tx.insert(db.evaluationSuite).values({
      ...own,
      id: id.suite,
      name: "quality",
      version: 1,
      definition: {
        name: "quality",
        title: "Quality",
        description: "",
        recipe: "lm-eval",
        task: "quality",
        test,
        metric: "acc",
        filter: "none",
        higherIsBetter: true,
      },
    });
    const status: Evaluation["status"] = "running";
    await tx.insert(db.evaluation).values({
      ...own,
      id: id.evaluation,
      suiteId: id.suite,
      modelVersionId: id.modelVersion,
      testDatasetVersionId: id.datasetVersion,
      jobId: job.jobId,
      status,
      seed: 1,
    });
    const definition = {
      name: "pilot",
      title: "Pilot",
      stage: "pilot" as const,
      gates: [],
      approvals: 2,
      acceptNotRun: [],
      signature: "password" as const,
      validityDays: 30,
    };
    await tx
      .insert(db.policy)
      .values({ ...own, id: id.policy, name: "pilot", version: 1, digest, definition });
    const model = { name: "summary", version: 1, id: id.modelVersion, digest };
    await tx.insert(db.promotion).values({
      ...own,
      id: id.promotion,
      modelVersionId: id.modelVersion,
      policyId: id.policy,
      computeTargetId,
      purpose: "summary",
      stage: "pilot",
      dossier: {
        model,
        purpose: "summary",
        stage: "pilot",
        policy: { name: "pilot", version: 1, digest },
        intendedUse: "testing",
        notFor: "care",
        risks: "",
        madeFrom: [],
        evaluations: [],
        champion: null,
        gates: [],
        contributors: [],
      },
      dossierDigest: digest,
      requestedBy: "usr_x",
      requestedByName: "Ada",
    });
    await tx.insert(db.deployment).values({
      ...own,
      ...by,
      id: id.deployment,
      purpose: "summary",
      stage: "pilot",
      modelVersionId: id.modelVersion,
      promotionId: id.promotion,
      computeTargetId,
      desired: "serving",
      status: "healthy",
      routed: true,
    });
  });
  return { ...id, job: job.jobId, runId: job.runId, attempt: attemptId, digest };
}
