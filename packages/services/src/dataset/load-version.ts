import { dataset, datasetFile, datasetSubject, datasetVersion } from "@preceptor/db";
import { DomainError, type DatasetSplit, type DatasetVersion } from "@preceptor/domain";
import { asc, count, eq } from "drizzle-orm";
import type { Transaction } from "../context.ts";

export async function loadVersion(tx: Transaction, id: string): Promise<DatasetVersion> {
  const [row] = await tx
    .select({ version: datasetVersion, name: dataset.name })
    .from(datasetVersion)
    .innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
    .where(eq(datasetVersion.id, id));
  if (!row)
    throw new DomainError("not-found", "There is no such dataset version in your organization.");
  const files = await tx
    .select()
    .from(datasetFile)
    .where(eq(datasetFile.datasetVersionId, id))
    .orderBy(asc(datasetFile.path));
  const subjects = await tx
    .select({ split: datasetSubject.split, patients: count() })
    .from(datasetSubject)
    .where(eq(datasetSubject.datasetVersionId, id))
    .groupBy(datasetSubject.split);
  const { createdBy, createdByName, organizationId: _, ...version } = row.version;
  return {
    ...version,
    name: row.name,
    files: files.map(({ organizationId: _o, datasetVersionId: _d, ...file }) => file),
    splits: splitsOf(files, new Map(subjects.map((s) => [s.split, s.patients]))),
    createdBy: { id: createdBy, name: createdByName },
  };
}

function splitsOf(
  files: readonly (typeof datasetFile.$inferSelect)[],
  subjects: ReadonlyMap<string, number>,
): DatasetSplit[] {
  const names = [...new Set(files.map((file) => file.split))].sort();
  return names.map((name) => {
    const own = files.filter((file) => file.split === name);
    return {
      name,
      files: own.length,
      sizeBytes: own.reduce((sum, file) => sum + file.sizeBytes, 0),
      rows: own.every((file) => file.rows !== null)
        ? own.reduce((sum, file) => sum + (file.rows ?? 0), 0)
        : null,
      subjects: subjects.get(name) ?? null,
    };
  });
}
