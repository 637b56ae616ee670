import { checkpoint, job, jobInput, model, modelVersion } from "@preceptor/db";
import { DomainError, parseReference, VersionedName, type ModelVersion } from "@preceptor/domain";
import { and, eq, isNotNull, type SQL } from "drizzle-orm";
import type { Transaction } from "../context.ts";

/** One model version with its job and the model it was tuned from; null where none fits. */
export async function findModelVersion(tx: Transaction, where: SQL): Promise<ModelVersion | null> {
  const [row] = await tx
    .select({ version: modelVersion, name: model.name, jobName: job.name })
    .from(modelVersion)
    .innerJoin(model, eq(model.id, modelVersion.modelId))
    .innerJoin(job, eq(job.id, modelVersion.jobId))
    .innerJoin(checkpoint, eq(checkpoint.id, modelVersion.checkpointId))
    .where(where);
  if (!row) return null;
  const { createdBy, createdByName, organizationId: _, ...version } = row.version;
  return {
    ...version,
    name: row.name,
    jobName: row.jobName,
    base: await baseOf(tx, version.jobId),
    createdBy: { id: createdBy, name: createdByName },
  };
}

export async function modelVersionById(tx: Transaction, id: string): Promise<ModelVersion> {
  const found = await findModelVersion(tx, eq(modelVersion.id, id));
  if (!found) throw new DomainError("not-found", "There is no such model version.");
  return found;
}

/** Takes `model://name@1` and `name@1`. */
export async function modelVersionByReference(
  tx: Transaction,
  reference: string,
  field = "model",
): Promise<ModelVersion> {
  const text = VersionedName.safeParse(reference).success ? `model://${reference}` : reference;
  const parsed = parseReference(text);
  if (parsed?.scheme !== "model")
    throw new DomainError("invalid", "Name a model as name@version, e.g. discharge-summary@1.", {
      field,
    });
  const found = await findModelVersion(
    tx,
    and(eq(model.name, parsed.name), eq(modelVersion.version, parsed.version)) as SQL,
  );
  if (!found)
    throw new DomainError("not-found", `There is no model ${parsed.name}@${parsed.version}.`, {
      field,
    });
  return found;
}

async function baseOf(tx: Transaction, jobId: string): Promise<ModelVersion["base"]> {
  const [base] = await tx
    .select({ id: modelVersion.id, name: model.name, version: modelVersion.version })
    .from(jobInput)
    .innerJoin(modelVersion, eq(modelVersion.id, jobInput.modelVersionId))
    .innerJoin(model, eq(model.id, modelVersion.modelId))
    .where(and(eq(jobInput.jobId, jobId), isNotNull(jobInput.modelVersionId)))
    .orderBy(jobInput.name)
    .limit(1);
  return base ?? null;
}
