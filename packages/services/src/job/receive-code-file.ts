import type { Readable } from "node:stream";
import { DomainError } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { wantObjects } from "../retention/objects.ts";

const LIMIT_BYTES = 50_000_000;

/** Stores a file of a submitter's own code under its digest, before the job that names it is submitted. Sending it again is fine. */
export async function receiveCodeFile(
  ctx: ServiceContext,
  input: { sha256: string; sizeBytes: number; body: Readable },
): Promise<{ sha256: string; sizeBytes: number }> {
  authorise(ctx.caller, "job:submit");
  const { sha256, sizeBytes, body } = input;
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0)
    throw new DomainError("invalid", "Say how long the file is, in the Content-Length header.");
  if (sizeBytes > LIMIT_BYTES)
    throw new DomainError(
      "too-large",
      "A file of own code may have 50 MB at most; put larger ones in a dataset.",
    );
  await wantObjects(ctx, [sha256]);
  return ctx.store.put(blobName(ctx.caller.organizationId, sha256), body, { sha256, sizeBytes });
}
