import { datasetUpload } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { loadOpenUpload } from "./open-upload.ts";

/** Gives an unfinished upload up. Its bytes stay until retention sweeps them: another upload may share them. */
export async function abandonDatasetUpload(
  ctx: ServiceContext,
  input: { uploadId: string },
): Promise<void> {
  authorise(ctx.caller, "dataset:register");
  await transaction(ctx, async (tx) => {
    const upload = await loadOpenUpload(tx, ctx, input.uploadId, true);
    if (upload.status === "finished")
      throw new DomainError(
        "conflict",
        "This upload has become a version; versions never change.",
        { field: "uploadId" },
      );
    await tx
      .update(datasetUpload)
      .set({ status: "abandoned" })
      .where(eq(datasetUpload.id, upload.id));
    await record(tx, ctx, { action: "dataset.abandon-upload", noun: "upload", nounId: upload.id });
  });
}
