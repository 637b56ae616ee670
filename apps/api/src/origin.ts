import type { FastifyInstance } from "fastify";

/** A page of another site must not act with a visitor's session: a change that names its origin must name one of ours. */
export function refuseForeignOrigins(server: FastifyInstance, trusted: readonly string[]): void {
  server.addHook("onRequest", async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || request.method === "GET" || request.method === "HEAD") return;
    if (!trusted.includes(origin))
      return reply.code(403).send({
        message: `Requests from ${origin} are not accepted here. Open ${trusted[0]} instead.`,
      });
  });
}
