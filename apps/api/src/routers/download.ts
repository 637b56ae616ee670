import { LinkDownload, type FileDownload } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { member, router } from "../trpc.ts";

export const downloadRouter = router({
  /** A mutation: each link is written in the audit log. */
  link: member.input(LinkDownload).mutation(async ({ ctx, input }): Promise<FileDownload> => {
    const { url, object, ...file } = await service.linkDownload(ctx.verb, input);
    if (url !== null) return { url, ...file };
    const { fileName, sizeBytes, sha256, expiresAt } = file;
    const grant = ctx.grants.seal({
      object,
      fileName,
      sizeBytes,
      sha256,
      userId: ctx.signedIn.user.id,
      expiresAtMs: expiresAt.getTime(),
    });
    return { url: `/api/downloads/${grant}`, ...file };
  }),
});
