import { mayReadMetrics, type Metrics } from "@preceptor/telemetry";
import type { FastifyPluginCallback } from "fastify";

const VERSION = "0.1.0";

/** `/health`: this process lives. `/ready`: it can do its work. `/metrics`: for Prometheus. `/version`: what the MLflow client asks. */
export const healthRoutes: FastifyPluginCallback<{
  metrics: Metrics;
  metricsToken?: string | null;
  isReady: () => Promise<boolean>;
}> = (server, { metrics, metricsToken = null, isReady }, done) => {
  server.get("/health", async (_request, reply) => reply.type("text/plain").send("OK"));
  server.get("/version", async (_request, reply) => reply.type("text/plain").send(VERSION));
  server.get("/ready", async (_request, reply) => {
    const ready = await isReady();
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  server.get("/metrics", async ({ raw }, reply) => {
    if (!mayReadMetrics({ peer: raw.socket.remoteAddress, headers: raw.headers }, metricsToken))
      return reply.callNotFound();
    const { contentType, body } = await metrics.expose();
    return reply.type(contentType).send(body);
  });
  done();
};
