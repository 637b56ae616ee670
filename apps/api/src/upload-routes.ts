import { assertStorable, DomainError, Sha256 } from "@preceptor/domain";
import { receiveCodeFile, receiveDatasetFile } from "@preceptor/services";
import type { FastifyPluginCallback, FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import { z } from "zod";
import type { ApiContext } from "./context.ts";

const DatasetFile = z.object({ uploadId: z.string().max(60), path: z.string().min(1).max(512) });
const CodeFile = z.object({ sha256: Sha256 });

/** Files are streamed to storage and never held in memory; the verbs know how long each may be. */
export const uploadRoutes: FastifyPluginCallback<{
  contextFor: (request: FastifyRequest) => ApiContext;
}> = (server, { contextFor }, done) => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", (_request, payload, parsed) => parsed(null, payload));
  const verbContext = async (request: FastifyRequest) => {
    const context = contextFor(request);
    const identity = await context.identity();
    if (!identity?.caller) throw new DomainError("unauthenticated", "Sign in first.");
    return context.services(identity.caller);
  };
  server.put<{ Params: { uploadId: string }; Querystring: { path?: string } }>(
    "/api/uploads/:uploadId/file",
    async (request) => {
      const ctx = await verbContext(request);
      const input = DatasetFile.parse({ ...request.params, path: request.query.path });
      assertStorable(input);
      return receiveDatasetFile(ctx, { ...input, body: bodyOf(request) });
    },
  );
  server.put<{ Params: { sha256: string } }>("/api/blobs/:sha256", async (request) => {
    const ctx = await verbContext(request);
    const { sha256 } = CodeFile.parse(request.params);
    const sizeBytes = Number(request.headers["content-length"]);
    return receiveCodeFile(ctx, { sha256, sizeBytes, body: bodyOf(request) });
  });
  done();
};

/**
 * The body, without its ties to the connection: whoever refuses it half-way destroys the stream, and the reason must still reach
 * the client. A request without a body (an empty file) has no stream.
 */
const bodyOf = ({ body }: FastifyRequest): Readable =>
  body instanceof Readable
    ? Readable.from(body.iterator({ destroyOnReturn: false }), { objectMode: false })
    : Readable.from([]);
