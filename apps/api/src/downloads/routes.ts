import { DomainError } from "@preceptor/domain";
import { openDownload } from "@preceptor/services";
import type { FastifyPluginCallback, FastifyRequest } from "fastify";
import type { ApiContext } from "../context.ts";
import { rangeOf } from "./range.ts";

/**
 * GET /api/downloads/<grant>: bytes of a store that has no addresses of its own. Always saved, never shown: a file of somebody's job
 * must not run as a page of ours. The link opens for the person it was given to and for nobody else.
 */
export const downloadRoutes: FastifyPluginCallback<{
  contextFor: (request: FastifyRequest) => ApiContext;
}> = (server, { contextFor }, done) => {
  server.get<{ Params: { grant: string } }>(
    "/api/downloads/:grant",
    { exposeHeadRoute: false },
    async (request, reply) => {
      const context = contextFor(request);
      const identity = await context.identity();
      if (!identity) throw new DomainError("unauthenticated", "Sign in first.");
      const { edge } = context;
      const grant = context.grants.open(request.params.grant, edge.now().getTime());
      if (grant === null || grant.userId !== identity.user.id)
        throw new DomainError(
          "forbidden",
          "This link is over, or it was given to somebody else. Ask for the file again.",
        );
      const { sizeBytes, sha256, fileName, object } = grant;
      const etag = `"${sha256}"`;
      const sameFile = (request.headers["if-range"] ?? etag) === etag;
      const range = sameFile ? rangeOf(request.headers.range, sizeBytes) : "whole";
      const part = range === "whole" || range === "none" ? undefined : range;
      // Before anything is said of the file: its bytes may be gone.
      const body = range === "none" ? null : await openDownload(edge, object, part);
      void reply.headers({
        "accept-ranges": "bytes",
        "cache-control": "private, no-store",
        "content-disposition": `attachment; filename="${fileName}"`,
        "content-security-policy": "sandbox; default-src 'none'",
        "content-type": "application/octet-stream",
        "x-content-type-options": "nosniff",
        etag,
      });
      if (body === null)
        return reply.code(416).header("content-range", `bytes */${sizeBytes}`).send();
      if (part === undefined) return reply.header("content-length", sizeBytes).send(body);
      const { start, end } = part;
      return reply
        .code(206)
        .headers({
          "content-length": end - start,
          "content-range": `bytes ${start}-${end - 1}/${sizeBytes}`,
        })
        .send(body);
    },
  );
  done();
};
