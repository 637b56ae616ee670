import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  attempt,
  checkpoint,
  computeTarget,
  dataset,
  datasetFile,
  datasetSubject,
  datasetVersion,
  job,
  jobInput,
} from "@preceptor/db";
import { JobSpec, manifestText, type FileEntry, type ModelVersion } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import type { ServiceContext } from "../context.ts";
import { registerModel } from "../model/index.ts";
import { transaction } from "../transaction.ts";
import { newId, type World } from "./world.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
export const manifestDigestOf = (files: readonly FileEntry[]): string =>
  `sha256:${sha256(manifestText(files))}`;

/** The organization's local compute target; made when first asked for. */
export async function aComputeTarget(world: World, name = "here"): Promise<string> {
  await transaction(world.system, (tx) =>
    tx
      .insert(computeTarget)
      .values({
        id: newId("computeTarget"),
        organizationId: world.organizationId,
        name,
        provider: "local",
        settings: {
          maxNodes: 1,
          maxProcessesPerNode: 4,
          diskQuotaBytes: 1e9,
          logLimitBytes: 1e6,
        },
      })
      .onConflictDoNothing(),
  );
  const rows = await transaction(world.system, (tx) => tx.select().from(computeTarget));
  return rows.find((row) => row.name === name)!.id;
}

export interface ADataset {
  readonly id: string;
  readonly name: string;
  readonly digest: string;
}
/** Version 1 of a synthetic dataset whose splits hold these patients (keyed hashes in life, any text here). */
export async function aDataset(
  world: World,
  by: ServiceContext & { caller: { userId: string; name: string } },
  name: string,
  patients: Readonly<Record<string, readonly string[]>>,
): Promise<ADataset> {
  const [datasetId, id] = [newId("dataset"), newId("datasetVersion")];
  const { organizationId } = world;
  const digest = `sha256:${sha256(name + JSON.stringify(patients))}`;
  await transaction(by, async (tx) => {
    await tx.insert(dataset).values({ id: datasetId, organizationId, name, title: name });
    await tx.insert(datasetVersion).values({
      id,
      organizationId,
      datasetId,
      version: 1,
      description: "synthetic",
      digest,
      permit: { deIdentification: "synthetic", statement: "made by a test", purposes: [] },
      subjectField: "subject",
      sizeBytes: 1,
      createdBy: by.caller.userId,
      createdByName: by.caller.name,
    });
    await tx.insert(datasetFile).values(
      Object.entries(patients).map(([split, who]) => ({
        organizationId,
        datasetVersionId: id,
        path: `${split}.jsonl`,
        split,
        sha256: sha256(name + split),
        sizeBytes: 1,
        mediaType: "application/jsonl",
        rows: who.length === 0 ? null : who.length,
      })),
    );
    const rows = Object.entries(patients).flatMap(([split, who]) =>
      who.map((subjectHash) => ({ organizationId, datasetVersionId: id, split, subjectHash })),
    );
    if (rows.length > 0) await tx.insert(datasetSubject).values(rows);
  });
  return { id, name, digest };
}

export interface Input {
  readonly name: string;
  readonly dataset?: ADataset;
  readonly split?: string;
  readonly model?: ModelVersion;
}
/** A job that has succeeded, with one attempt, as the jobs part leaves it. */
export async function aFinishedJob(
  world: World,
  by: ServiceContext & { caller: { userId: string; name: string } },
  kind: "pretrain" | "fine-tune" | "evaluate",
  inputs: readonly Input[],
): Promise<{ jobId: string; attemptId: string }> {
  const computeTargetId = await aComputeTarget(world);
  const [jobId, attemptId] = [newId("job"), newId("attempt")];
  const { organizationId } = world;
  const spec = JobSpec.parse({ name: "a-job", kind, recipe: "any", compute: { target: "here" } });
  await transaction(by, async (tx) => {
    await tx.insert(job).values({
      id: jobId,
      organizationId,
      name: `job-${jobId.slice(-6)}`,
      kind,
      status: "succeeded",
      spec,
      specDigest: `sha256:${sha256(jobId)}`,
      parameters: {},
      idempotencyKey: jobId,
      computeTargetId,
      runId: sha256(jobId).slice(0, 32),
      maxAttempts: 1,
      attemptCount: 1,
      submittedBy: by.caller.userId,
      submittedByName: by.caller.name,
    });
    await tx.insert(attempt).values({
      id: attemptId,
      organizationId,
      jobId,
      number: 1,
      fencingToken: 1,
      status: "succeeded",
      tokenHash: sha256(attemptId),
      tokenExpiresAt: new Date(),
    });
    for (const one of inputs) {
      await tx.insert(jobInput).values({
        organizationId,
        jobId,
        name: one.name,
        reference: one.dataset
          ? `dataset://${one.dataset.name}@1/${one.split}`
          : `model://${one.model!.name}@${one.model!.version}`,
        datasetVersionId: one.dataset?.id ?? null,
        split: one.split ?? null,
        modelVersionId: one.model?.id ?? null,
        digest: one.dataset?.digest ?? one.model!.digest,
      });
    }
  });
  return { jobId, attemptId };
}

/** A registered model whose final checkpoint came from a finished job of `by`. */
export async function aTrainedModel(
  world: World,
  by: ServiceContext & { caller: { userId: string; name: string } },
  name: string,
  inputs: readonly Input[] = [],
): Promise<ModelVersion> {
  const { jobId, attemptId } = await aFinishedJob(world, by, "fine-tune", inputs);
  const files: FileEntry[] = [];
  for (const path of ["config.json", "model.safetensors", "tokenizer.json"]) {
    const content = `${path} of ${jobId}`;
    const entry = { path, sha256: sha256(content), sizeBytes: Buffer.byteLength(content) };
    await by.store.put(blobName(world.organizationId, entry.sha256), Readable.from([content]));
    files.push(entry);
  }
  const checkpointId = newId("checkpoint");
  await transaction(by, (tx) =>
    tx.insert(checkpoint).values({
      id: checkpointId,
      organizationId: world.organizationId,
      jobId,
      attemptId,
      name: "model",
      kind: "final",
      digest: manifestDigestOf(files),
      sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
      files,
      metrics: {},
      state: "committed",
    }),
  );
  return registerModel(by, { checkpointId, name, description: "" });
}
