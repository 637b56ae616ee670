import {
  checkpoint,
  dataset,
  datasetFile,
  datasetVersion,
  job,
  model,
  modelVersion,
} from "@preceptor/db";
import {
  DomainError,
  type CheckpointState,
  type FileEntry,
  type LinkDownload,
  type Permit,
} from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";

interface Found {
  /** As the audit log names it. */
  readonly noun: "dataset-version" | "model" | "checkpoint";
  /** For the saved file's name: whose it was. */
  readonly owner: string;
  readonly file: FileEntry;
  readonly permit?: Permit;
  readonly state?: CheckpointState;
}

/** The file as its owner's row has it; a path that is not in its list is no file. */
export async function findFile(tx: Transaction, input: LinkDownload): Promise<Found> {
  const found = await finders[input.from](tx, input);
  if (found === null)
    throw new DomainError("not-found", "There is no such file in your organization.");
  return found;
}

type Finder = (tx: Transaction, input: LinkDownload) => Promise<Found | null>;
const finders: Record<LinkDownload["from"], Finder> = {
  "dataset-version": async (tx, { id, path }) => {
    const [row] = await tx
      .select({ file: datasetFile, version: datasetVersion, name: dataset.name })
      .from(datasetFile)
      .innerJoin(datasetVersion, eq(datasetVersion.id, datasetFile.datasetVersionId))
      .innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
      .where(and(eq(datasetFile.datasetVersionId, id), eq(datasetFile.path, path)));
    if (!row) return null;
    const { version, name, file } = row;
    const owner = `${name}-${version.version}`;
    return { noun: "dataset-version", owner, file, permit: version.permit };
  },
  "model-version": async (tx, { id, path }) => {
    const [row] = await tx
      .select({ version: modelVersion, name: model.name })
      .from(modelVersion)
      .innerJoin(model, eq(model.id, modelVersion.modelId))
      .where(eq(modelVersion.id, id));
    const file = row?.version.files.find((each) => each.path === path);
    return row && file
      ? { noun: "model", owner: `${row.name}-${row.version.version}`, file }
      : null;
  },
  checkpoint: async (tx, { id, path }) => {
    const [row] = await tx
      .select({ checkpoint, jobName: job.name })
      .from(checkpoint)
      .innerJoin(job, eq(job.id, checkpoint.jobId))
      .where(eq(checkpoint.id, id));
    const file = row?.checkpoint.files.find((each) => each.path === path);
    if (!row || !file) return null;
    const { name, state } = row.checkpoint;
    return { noun: "checkpoint", owner: `${row.jobName}-${name}`, file, state };
  },
};
