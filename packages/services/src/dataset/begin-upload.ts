import { datasetUpload } from "@preceptor/db";
import { BeginDatasetUpload, DomainError } from "@preceptor/domain";
import { record } from "../audit/record.ts";
import { authorise, memberOf } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";

const dayMs = 24 * 3600 * 1000;

/** Says what will come: every file's digest and size. Nothing is a version until `finishDatasetUpload`. */
export async function beginDatasetUpload(
  ctx: ServiceContext,
  input: BeginDatasetUpload,
): Promise<{ uploadId: string; missing: string[] }> {
  authorise(ctx.caller, "dataset:register");
  const request = BeginDatasetUpload.parse(input);
  assertDistinctPaths(request);
  assertPermit(request, ctx.now());
  const uploadId = ctx.newId("upload");
  await transaction(ctx, async (tx) => {
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
  });
  return { uploadId, missing: request.files.map((file) => file.path) };
}

function assertDistinctPaths(request: BeginDatasetUpload): void {
  const seen = new Set<string>();
  for (const [index, file] of request.files.entries()) {
    if (seen.has(file.path))
      throw new DomainError("invalid", `The path ${file.path} is named twice.`, {
        field: `files.${index}.path`,
      });
    seen.add(file.path);
  }
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
