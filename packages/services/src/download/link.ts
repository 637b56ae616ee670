import {
  DomainError,
  downloadActions,
  downloadLinkMs,
  downloadName,
  heldBack,
  type FileDownload,
  type LinkDownload,
} from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { authorise, memberOf } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { reading, transaction } from "../transaction.ts";
import { findFile } from "./find-file.ts";

/** `url` is null where the store has no address of its own for it: then the edge hands the object's bytes on. */
export interface LinkedDownload extends Omit<FileDownload, "url"> {
  readonly url: string | null;
  readonly object: string;
}

/** An address at which this person saves one file. That they were given it is in the log before they have it. */
export async function linkDownload(
  ctx: ServiceContext,
  input: LinkDownload,
): Promise<LinkedDownload> {
  const { organizationId } = memberOf(ctx.caller);
  authorise(ctx.caller, downloadActions[input.from]);
  const found = await reading(ctx, (tx) => findFile(tx, input));
  const why = heldBack(found, ctx.now());
  if (why !== null) throw new DomainError("conflict", why);
  const { path, sha256, sizeBytes } = found.file;
  const fileName = downloadName(found.owner, path);
  const expiresAt = new Date(ctx.now().getTime() + downloadLinkMs);
  const object = blobName(organizationId, sha256);
  const url = await ctx.store
    .saveLink(object, { ttlMs: downloadLinkMs, fileName })
    .catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.code !== "not-found") throw error;
      throw new DomainError("not-found", `The bytes of ${path} are no longer in storage.`);
    });
  await transaction(ctx, (tx) =>
    record(tx, ctx, {
      action: `${found.noun}.download`,
      noun: found.noun,
      nounId: input.id,
      after: { path, sha256, sizeBytes, expiresAt },
      evidence: `sha256:${sha256}`,
    }),
  );
  return { url, object, fileName, sizeBytes, sha256, expiresAt };
}
