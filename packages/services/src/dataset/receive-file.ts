import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { datasetUploadFile } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import { subjectKeyOf } from "../access/subject-key.ts";
import type { ServiceContext } from "../context.ts";
import { wantObjects } from "../retention/objects.ts";
import { transaction } from "../transaction.ts";
import { loadOpenUpload } from "./open-upload.ts";
import { RowScan } from "./scan.ts";

export interface ReceiveDatasetFile {
  readonly uploadId: string;
  readonly path: string;
  readonly body: Readable;
}

/** Streams one announced file into storage; bytes that are not what was said leave nothing behind. Sending it again is fine. */
export async function receiveDatasetFile(
  ctx: ServiceContext,
  input: ReceiveDatasetFile,
): Promise<{ sha256: string; sizeBytes: number; rows: number | null }> {
  authorise(ctx.caller, "dataset:register");
  const { upload, key } = await transaction(ctx, async (tx) => ({
    upload: await loadOpenUpload(tx, ctx, input.uploadId, false),
    key: await subjectKeyOf(tx, ctx),
  }));
  const file = upload.request.files.find((f) => f.path === input.path);
  if (!file)
    throw new DomainError(
      "invalid",
      `The upload did not announce a file ${input.path.slice(0, 200)}.`,
      { field: "path" },
    );
  const scan = file.path.endsWith(".jsonl")
    ? new RowScan(file.path, upload.request.subjectField, key)
    : null;
  if (upload.request.subjectField !== undefined && scan === null) {
    throw new DomainError(
      "invalid",
      "Patients can only be found in .jsonl files; leave subjectField out, or send .jsonl.",
      { field: "subjectField" },
    );
  }
  await wantObjects(ctx, [file.sha256]);
  const stored = await receive(input.body, scan, file.path, (body) =>
    ctx.store.put(blobName(ctx.caller.organizationId, file.sha256), body, {
      sha256: file.sha256,
      sizeBytes: file.sizeBytes,
    }),
  );
  await transaction(ctx, async (tx) => {
    await loadOpenUpload(tx, ctx, input.uploadId, false);
    const values = {
      organizationId: ctx.caller.organizationId,
      uploadId: upload.id,
      path: file.path,
      rows: scan?.rows ?? null,
      subjects: scan ? [...scan.subjects] : null,
      arrivedAt: ctx.now(),
    };
    await tx
      .insert(datasetUploadFile)
      .values(values)
      .onConflictDoUpdate({
        target: [datasetUploadFile.uploadId, datasetUploadFile.path],
        set: { rows: values.rows, subjects: values.subjects, arrivedAt: values.arrivedAt },
      });
    await record(tx, ctx, {
      action: "dataset.receive-file",
      noun: "upload",
      nounId: upload.id,
      after: { path: file.path, sha256: file.sha256, sizeBytes: file.sizeBytes, rows: values.rows },
      evidence: `sha256:${file.sha256}`,
    });
  });
  return { ...stored, rows: scan?.rows ?? null };
}

/** Runs bytes through the scan into storage; whichever end fails, both are settled before anyone is told why. */
async function receive<T>(
  body: Readable,
  scan: RowScan | null,
  path: string,
  put: (body: Readable) => Promise<T>,
): Promise<T> {
  const through = scan ?? new PassThrough();
  const [piped, stored] = await Promise.allSettled([pipeline(body, through), put(through)]);
  if (stored.status === "fulfilled" && piped.status === "fulfilled") return stored.value;
  const reasons = [piped, stored].flatMap((r) =>
    r.status === "rejected" ? [r.reason as unknown] : [],
  );
  const told = reasons.find((reason) => reason instanceof DomainError);
  throw (
    told ??
    new DomainError(
      "invalid",
      `${path} was cut off before its end; nothing was kept. Send it again.`,
      { field: "path", cause: reasons[0] },
    )
  );
}
