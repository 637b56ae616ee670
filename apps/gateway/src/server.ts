import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import type { Verifier } from "@preceptor/attest";
import type { Database } from "@preceptor/db";
import { readRoutes, recordServedRequests, verifyServedKey } from "@preceptor/services/gateway";
import type { Logger, Metrics } from "@preceptor/telemetry";
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { authenticate, keyOf } from "./access/authenticate.ts";
import { createKeyCheck } from "./access/key-check.ts";
import { chatCompletion } from "./completion/chat.ts";
import { createUpstreamAgent, type TokenSource } from "./completion/upstream.ts";
import { answerError, errorBody } from "./errors.ts";
import { gatewayMetrics } from "./metrics.ts";
import { listModels } from "./models.ts";
import { createRouteTable } from "./routing/route-table.ts";
import { verifyRoute } from "./routing/verify-route.ts";
import { createUsageRecorder } from "./usage/recorder.ts";

export interface GatewayDeps {
  readonly db: Database;
  /** The keys decisions must be signed with; never read from the database. */
  readonly trustedKeys: Verifier;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly endpointHosts: readonly string[];
  readonly requestsPerMinute: number;
  /** For endpoints that want a token of the gateway's own instead of a fixed one; none are allowed without it. */
  readonly identity?: {
    readonly scopes: readonly string[];
    readonly tokenFor: TokenSource;
    /** PEM, trusted beside the usual authorities. */
    readonly certificateAuthority: string | null;
  };
  /** Calls back when routes changed; only makes it sooner. */
  readonly listen?: (onChanged: () => void) => Promise<unknown>;
  readonly now?: () => Date;
}

const noIdentity: NonNullable<GatewayDeps["identity"]> = {
  scopes: [],
  tokenFor: () => Promise.reject(new Error("the gateway has no identity")),
  certificateAuthority: null,
};
const BODY_LIMIT_BYTES = 1_000_000;
const POLL_MS = 1000;

/** The door to served models. The routes are read before it is ready, and again every second until it is closed. */
export async function buildGateway(deps: GatewayDeps): Promise<FastifyInstance> {
  const { db, log, trustedKeys, endpointHosts, now = () => new Date() } = deps;
  const { identity = noIdentity } = deps;
  const metrics = gatewayMetrics(deps.metrics);
  const routes = createRouteTable({
    read: () => readRoutes(db),
    verify: (row) =>
      verifyRoute(row, { trustedKeys, endpointHosts, tokenScopes: identity.scopes, now: now() }),
    now,
    onRefused: ({ deploymentId, organizationId, purpose }, code, message) => {
      metrics.refused(code);
      log.error({ deploymentId, organizationId, purpose, code }, `route refused: ${message}`);
    },
    onReachable: (reachable, error) =>
      reachable
        ? log.info({}, "the database answers again")
        : log.warn(
            { why: error instanceof Error ? error.message : "unknown" },
            "the database does not answer: serving from the routes verified last",
          ),
  });
  const usage = createUsageRecorder({
    write: (requests) => recordServedRequests(db, requests),
    onDropped: metrics.dropped,
  });
  const check = createKeyCheck({
    verify: (digest) => verifyServedKey(db, digest, now()),
    nowMs: () => now().getTime(),
  });
  const agent = createUpstreamAgent(identity.certificateAuthority);

  const loggerInstance: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: "idle",
  });
  app.decorateRequest("servedKey", null);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(errorBody("not_found", "There is no such path at this gateway.")),
  );
  await app.register(helmet, { global: true });
  await app.register(rateLimit, { global: false });

  app.get("/health", async () => {
    const { routes: count, readAt, reachable } = routes.status();
    return {
      status: "ok",
      database: reachable ? "up" : "down",
      routes: count,
      routesReadAt: readAt,
      usageWaiting: usage.waiting(),
    };
  });
  app.get("/metrics", async (_request, reply) => {
    metrics.observe(routes.status(), usage.waiting(), now());
    const { contentType, body } = await deps.metrics.expose();
    return reply.type(contentType).send(body);
  });
  await app.register(async (door) => {
    door.addHook("onRequest", authenticate(check));
    door.addHook(
      "onRequest",
      app.rateLimit({
        max: deps.requestsPerMinute,
        timeWindow: 60_000,
        keyGenerator: (request) => keyOf(request).keyId,
      }),
    );
    door.get("/v1/models", listModels(routes));
    const onServed: Parameters<typeof chatCompletion>[0]["onServed"] = (request) => {
      usage.add(request);
      metrics.served(request);
      log.info({ ...request }, "answered");
    };
    door.post(
      "/v1/chat/completions",
      chatCompletion({ routes, agent, now, onServed, tokenFor: identity.tokenFor }),
    );
  });

  await routes.refresh();
  const timer = setInterval(() => void Promise.all([routes.refresh(), usage.flush()]), POLL_MS);
  void deps
    .listen?.(() => void routes.refresh())
    .catch(() => log.warn({}, "cannot listen for routes: reading them every second"));
  app.addHook("onClose", async () => {
    clearInterval(timer);
    await usage.flush();
    await agent.destroy();
  });
  return app;
}
