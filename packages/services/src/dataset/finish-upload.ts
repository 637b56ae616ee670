import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  dataset,
  datasetFile,
  datasetSubject,
  datasetUpload,
  datasetUploadFile,
  datasetVersion,
} from "@preceptor/db";
import {
  type DatasetVersion,
  DomainError,
  manifestText,
  type BeginDatasetUpload,
} from "@preceptor/domain";
import { and, desc, eq } from "drizzle-orm";
import { authorise, memberOf } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { transaction } from "../transaction.ts";
import { loadVersion } from "./load-version.ts";
import { loadOpenUpload } from "./open-upload.ts";

const rowsPerInsert = 5000;

/** Makes the version, once every announced file has arrived. Finishing twice gives the same version. */
export async function finishDatasetUpload(
  ctx: ServiceContext,
  input: { uploadId: string },
): Promise<DatasetVersion> {
  authorise(ctx.caller, "dataset:register");
  // The manifest is stored before the row that names it: a row never points at nothing.
  const announced = await transaction(ctx, (tx) => loadOpenUpload(tx, ctx, input.uploadId, false));
  const text = manifestText(announced.request.files);
  const digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
  await ctx.store.put(
    `${ctx.caller.organizationId}/manifest/${digest.slice(7)}.txt`,
    Readable.from([Buffer.from(text)]),
    { sha256: digest.slice(7) },
  );

  return transaction(ctx, async (tx) => {
    const upload = await loadOpenUpload(tx, ctx, input.uploadId, true);
    if (upload.datasetVersionId !== null) return loadVersion(tx, upload.datasetVersionId);
    const arrived = await arrivedFiles(tx, upload.id, upload.request);
    const id = await insertVersion(tx, ctx, upload.request, digest);
    await insertFiles(tx, ctx, id, upload.request, arrived);
    await tx
      .update(datasetUpload)
      .set({ status: "finished", datasetVersionId: id })
      .where(eq(datasetUpload.id, upload.id));
    const version = await loadVersion(tx, id);
    await record(tx, ctx, {
      action: "dataset.register",
      noun: "dataset-version",
      nounId: id,
      after: { name: version.name, version: version.version, digest, permit: version.permit },
      evidence: digest,
    });
    return version;
  });
}

type Arrived = Map<string, typeof datasetUploadFile.$inferSelect>;

async function arrivedFiles(
  tx: Transaction,
  uploadId: string,
  request: BeginDatasetUpload,
): Promise<Arrived> {
  const rows = await tx
    .select()
    .from(datasetUploadFile)
    .where(eq(datasetUploadFile.uploadId, uploadId));
  const arrived = new Map(rows.map((row) => [row.path, row]));
  const missing = request.files.filter((file) => !arrived.has(file.path));
  if (missing.length > 0) {
    const named = missing
      .slice(0, 3)
      .map((file) => file.path)
      .join(", ");
    throw new DomainError(
      "conflict",
      `${missing.length} of ${request.files.length} files have not arrived: ${named}${missing.length > 3 ? ", …" : ""}.`,
      { field: "files" },
    );
  }
  return arrived;
}

async function insertVersion(
  tx: Transaction,
  ctx: ServiceContext,
  request: BeginDatasetUpload,
  digest: string,
): Promise<string> {
  const { organizationId } = ctx.caller;
  const caller = memberOf(ctx.caller);
  await tx
    .insert(dataset)
    .values({
      id: ctx.newId("dataset"),
      organizationId,
      name: request.name,
      title: request.title ?? request.name,
    })
    .onConflictDoNothing();
  const [parent] = await tx
    .select()
    .from(dataset)
    .where(and(eq(dataset.organizationId, organizationId), eq(dataset.name, request.name)))
    .for("update");
  if (!parent) throw new Error("dataset row vanished inside its own transaction");
  const [newest] = await tx
    .select({ version: datasetVersion.version })
    .from(datasetVersion)
    .where(eq(datasetVersion.datasetId, parent.id))
    .orderBy(desc(datasetVersion.version))
    .limit(1);
  const id = ctx.newId("datasetVersion");
  await tx.insert(datasetVersion).values({
    id,
    organizationId,
    datasetId: parent.id,
    version: (newest?.version ?? 0) + 1,
    description: request.description,
    digest,
    permit: request.permit,
    subjectField: request.subjectField ?? null,
    sizeBytes: request.files.reduce((sum, file) => sum + file.sizeBytes, 0),
    createdBy: caller.userId,
    createdByName: caller.name,
    createdAt: ctx.now(),
  });
  return id;
}

async function insertFiles(
  tx: Transaction,
  ctx: ServiceContext,
  id: string,
  request: BeginDatasetUpload,
  arrived: Arrived,
): Promise<void> {
  const { organizationId } = ctx.caller;
  await tx.insert(datasetFile).values(
    request.files.map((file) => ({
      ...file,
      organizationId,
      datasetVersionId: id,
      rows: arrived.get(file.path)?.rows ?? null,
    })),
  );
  const hashes = request.files.flatMap((file) =>
    (arrived.get(file.path)?.subjects ?? []).map((subjectHash) => ({
      organizationId,
      datasetVersionId: id,
      split: file.split,
      subjectHash,
    })),
  );
  for (let at = 0; at < hashes.length; at += rowsPerInsert) {
    await tx
      .insert(datasetSubject)
      .values(hashes.slice(at, at + rowsPerInsert))
      .onConflictDoNothing();
  }
}
