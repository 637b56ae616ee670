import { dataset, datasetSubject, datasetVersion } from "@preceptor/db";
import { parseReference, type SuiteEvidence } from "@preceptor/domain";
import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../context.ts";
import type { TrainingLineage } from "./training-lineage.ts";

/** Counts patients of a test split that are in any training split, by their keyed hashes; never by identity. */
export async function leakageOf(
  tx: Transaction,
  testReference: string,
  training: TrainingLineage["splits"],
): Promise<SuiteEvidence["leakage"]> {
  const test = parseReference(testReference);
  const [version] =
    test?.scheme === "dataset"
      ? await tx
          .select({ id: datasetVersion.id })
          .from(datasetVersion)
          .innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
          .where(and(eq(dataset.name, test.name), eq(datasetVersion.version, test.version)))
      : [];
  if (test?.scheme !== "dataset" || !version)
    return { kind: "unknown", why: `${testReference} is not there` };
  if (training.length === 0) return { kind: "unknown", why: "no training data is recorded" };

  const compared = await patientsIn(tx, version.id, test.split);
  if (compared === 0) return { kind: "unknown", why: `${testReference} names no patients` };
  const unnamed: string[] = [];
  const found = new Set<string>();
  for (const split of training) {
    if ((await patientsIn(tx, split.datasetVersionId, split.split)) === 0)
      unnamed.push(`${split.name}@${split.version}/${split.split}`);
    const rows = await tx.execute<{ subject_hash: string }>(sql`
      select t.subject_hash from ${datasetSubject} t
      join ${datasetSubject} s on s.subject_hash = t.subject_hash
      where t.dataset_version_id = ${version.id} and t.split = ${test.split}
        and s.dataset_version_id = ${split.datasetVersionId} and s.split = ${split.split}`);
    for (const row of rows) found.add(row.subject_hash);
  }
  const overlap = found.size;
  // Some patients in common is a failure, whatever else is not known.
  return overlap === 0 && unnamed.length > 0
    ? { kind: "unknown", why: `${unnamed.join(", ")} name no patients` }
    : { kind: "counted", overlap, compared };
}

async function patientsIn(
  tx: Transaction,
  datasetVersionId: string,
  split: string,
): Promise<number> {
  return tx.$count(
    datasetSubject,
    and(eq(datasetSubject.datasetVersionId, datasetVersionId), eq(datasetSubject.split, split)),
  );
}
