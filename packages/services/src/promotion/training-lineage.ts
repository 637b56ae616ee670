import {
  checkpoint,
  dataset,
  datasetVersion,
  job,
  jobInput,
  model,
  modelVersion,
} from "@preceptor/db";
import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../context.ts";

export interface TrainingLineage {
  /** The model itself first, then every model it was made from. */
  readonly models: readonly {
    id: string;
    name: string;
    version: number;
    digest: string;
    jobId: string;
    checkpointId: string;
    createdBy: string;
    createdByName: string;
  }[];
  readonly jobs: readonly {
    id: string;
    name: string;
    kind: string;
    specDigest: string;
    submittedBy: string;
    submittedByName: string;
  }[];
  readonly checkpoints: readonly {
    id: string;
    name: string;
    step: number | null;
    digest: string;
  }[];
  readonly splits: readonly {
    datasetVersionId: string;
    name: string;
    version: number;
    split: string;
    digest: string;
    deIdentification: string;
  }[];
}

/** Everything a model was made from, base models' own training included. Ordered, so that its digest is stable. */
export async function trainingLineageOf(
  tx: Transaction,
  modelVersionId: string,
): Promise<TrainingLineage> {
  const found = await tx.execute<{ id: string; depth: number }>(sql`
    with recursive ancestor (id, job_id, depth) as (
      select id, job_id, 0 from ${modelVersion} where id = ${modelVersionId}
      union
      select base.id, base.job_id, ancestor.depth + 1
      from ancestor
      join ${jobInput} input on input.job_id = ancestor.job_id
      join ${modelVersion} base on base.id = input.model_version_id
      where ancestor.depth < 100
    )
    select id, min(depth)::int as depth from ancestor group by id`);
  const depthOf = new Map(found.map((row) => [row.id, row.depth]));
  const models = await tx
    .select({
      id: modelVersion.id,
      name: model.name,
      version: modelVersion.version,
      digest: modelVersion.digest,
      jobId: modelVersion.jobId,
      checkpointId: modelVersion.checkpointId,
      createdBy: modelVersion.createdBy,
      createdByName: modelVersion.createdByName,
    })
    .from(modelVersion)
    .innerJoin(model, eq(model.id, modelVersion.modelId))
    .where(inArray(modelVersion.id, [...depthOf.keys()]))
    .orderBy(asc(modelVersion.id));
  models.sort((a, b) => (depthOf.get(a.id) ?? 0) - (depthOf.get(b.id) ?? 0));
  const jobIds = models.map((one) => one.jobId);
  return {
    models,
    jobs: await jobsOf(tx, jobIds),
    checkpoints: await tx
      .select({
        id: checkpoint.id,
        name: checkpoint.name,
        step: checkpoint.step,
        digest: checkpoint.digest,
      })
      .from(checkpoint)
      .where(
        inArray(
          checkpoint.id,
          models.map((one) => one.checkpointId),
        ),
      )
      .orderBy(asc(checkpoint.id)),
    splits: await splitsOf(tx, jobIds),
  };
}

const jobsOf = (tx: Transaction, ids: readonly string[]) =>
  tx
    .select({
      id: job.id,
      name: job.name,
      kind: job.kind,
      specDigest: job.specDigest,
      submittedBy: job.submittedBy,
      submittedByName: job.submittedByName,
    })
    .from(job)
    .where(inArray(job.id, [...ids]))
    .orderBy(asc(job.id));

async function splitsOf(
  tx: Transaction,
  jobIds: readonly string[],
): Promise<TrainingLineage["splits"]> {
  const rows = await tx
    .selectDistinct({
      datasetVersionId: datasetVersion.id,
      name: dataset.name,
      version: datasetVersion.version,
      split: jobInput.split,
      digest: datasetVersion.digest,
      permit: datasetVersion.permit,
    })
    .from(jobInput)
    .innerJoin(datasetVersion, eq(datasetVersion.id, jobInput.datasetVersionId))
    .innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
    .where(inArray(jobInput.jobId, [...jobIds]))
    .orderBy(asc(dataset.name), asc(datasetVersion.version), asc(jobInput.split));
  return rows.map(({ permit, split, ...row }) => ({
    ...row,
    split: split ?? "",
    deIdentification: permit.deIdentification,
  }));
}
