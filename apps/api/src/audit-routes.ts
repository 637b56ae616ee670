import { DomainError } from "@preceptor/domain";
import { bundleAudit } from "@preceptor/services";
import type { FastifyPluginCallback, FastifyRequest } from "fastify";
import type { ApiContext } from "./context.ts";

/** GET /api/audit/bundle: the log as a file that the offline verifier reads. */
export const auditRoutes: FastifyPluginCallback<{
  contextFor: (request: FastifyRequest) => ApiContext;
}> = (server, { contextFor }, done) => {
  server.get("/api/audit/bundle", async (request, reply) => {
    const context = contextFor(request);
    const identity = await context.identity();
    if (!identity?.caller) throw new DomainError("unauthenticated", "Sign in first.");
    const bundle = await bundleAudit(context.services(identity.caller));
    return reply
      .header("content-disposition", 'attachment; filename="preceptor-audit-bundle.json"')
      .send(bundle);
  });
  done();
};
