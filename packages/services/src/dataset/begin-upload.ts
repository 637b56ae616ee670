import { datasetUpload, datasetUploadFile } from "@preceptor/db";
import { BeginDatasetUpload, DomainError, pathClash } from "@preceptor/domain";
import { and, desc, eq, gt, sql } from "drizzle-orm";
import { record } from "../audit/record.ts";
import { authorise, memberOf } from "../access/authorise.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { transaction } from "../transaction.ts";

const dayMs = 24 * 3600 * 1000;

/**
 * Says what will come: every file's digest and size. Nothing is a version until `finishDatasetUpload`. The same member saying the
 * same again goes on with the open upload, and `missing` is what has not arrived.
 */
export async function beginDatasetUpload(
  ctx: ServiceContext,
  input: BeginDatasetUpload,
): Promise<{ uploadId: string; missing: string[] }> {
  authorise(ctx.caller, "dataset:register");
  const request = BeginDatasetUpload.parse(input);
  assertPathsFit(request);
  assertPermit(request, ctx.now());
  return transaction(ctx, async (tx) => {
    const open = await openUploadOf(tx, ctx, request);
    if (open !== null) return open;
    const uploadId = ctx.newId("upload");
    await tx.insert(datasetUpload).values({
      id: uploadId,
      organizationId: ctx.caller.organizationId,
      request,
      createdBy: memberOf(ctx.caller).userId,
      expiresAt: new Date(ctx.now().getTime() + dayMs),
    });
    await record(tx, ctx, {
      action: "dataset.begin-upload",
      noun: "upload",
      nounId: uploadId,
      after: request,
    });
    return { uploadId, missing: request.files.map((file) => file.path) };
  });
}

/** The caller's unfinished upload of exactly this, with what it still lacks. */
async function openUploadOf(
  tx: Transaction,
  ctx: ServiceContext,
  request: BeginDatasetUpload,
): Promise<{ uploadId: string; missing: string[] } | null> {
  const [found] = await tx
    .select({ id: datasetUpload.id })
    .from(datasetUpload)
    .where(
      and(
        eq(datasetUpload.organizationId, ctx.caller.organizationId),
        eq(datasetUpload.createdBy, memberOf(ctx.caller).userId),
        eq(datasetUpload.status, "open"),
        gt(datasetUpload.expiresAt, ctx.now()),
        sql`${datasetUpload.request} = ${JSON.stringify(request)}::jsonb`,
      ),
    )
    .orderBy(desc(datasetUpload.createdAt))
    .limit(1);
  if (!found) return null;
  const arrived = await tx
    .select({ path: datasetUploadFile.path })
    .from(datasetUploadFile)
    .where(eq(datasetUploadFile.uploadId, found.id));
  const paths = new Set(arrived.map((row) => row.path));
  const missing = request.files.map((file) => file.path).filter((path) => !paths.has(path));
  return { uploadId: found.id, missing };
}

function assertPathsFit(request: BeginDatasetUpload): void {
  const clash = pathClash(request.files.map((file) => file.path));
  if (clash)
    throw new DomainError("invalid", clash.message, { field: `files.${clash.index}.path` });
}

function assertPermit(request: BeginDatasetUpload, now: Date): void {
  if (request.permit.deIdentification === "none") {
    throw new DomainError(
      "invalid",
      "Data that is not de-identified cannot be registered. Name the method and its statement.",
      { field: "permit.deIdentification" },
    );
  }
  if (request.permit.expiresAt !== undefined && new Date(request.permit.expiresAt) <= now) {
    throw new DomainError("invalid", "This permit has expired already.", {
      field: "permit.expiresAt",
    });
  }
}
