import { datasetUpload } from "@preceptor/db";
import { BeginDatasetUpload, DomainError } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";

/** The caller's own open upload, or a refusal that says why it is not. */
export async function loadOpenUpload(
  tx: Transaction,
  ctx: ServiceContext,
  uploadId: string,
  lock: boolean,
) {
  const query = tx
    .select()
    .from(datasetUpload)
    .where(
      and(
        eq(datasetUpload.id, uploadId),
        eq(datasetUpload.organizationId, ctx.caller.organizationId),
      ),
    );
  const [row] = await (lock ? query.for("update") : query);
  if (!row)
    throw new DomainError("not-found", "There is no such upload in your organization.", {
      field: "uploadId",
    });
  if (row.status === "abandoned" || row.expiresAt <= ctx.now())
    throw new DomainError(
      "conflict",
      "This upload was abandoned or is older than a day. Begin a new one.",
      { field: "uploadId" },
    );
  return { ...row, request: BeginDatasetUpload.parse(row.request) };
}
