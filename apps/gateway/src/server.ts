import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import type { Verifier } from "@preceptor/attest";
import type { Database } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { readRoutes, recordServedRequests, verifyServedKey } from "@preceptor/services/gateway";
import { mayReadMetrics, type Logger, type Metrics } from "@preceptor/telemetry";
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { authenticate, keyOf } from "./access/authenticate.ts";
import { createKeyCheck } from "./access/key-check.ts";
import { createBearers, type GatewayIdentity } from "./bearer/bearers.ts";
import { createEndpointKeys } from "./bearer/endpoint-keys.ts";
import { chatCompletion } from "./completion/chat.ts";
import { createMirror } from "./completion/mirror.ts";
import { createUpstreamAgent } from "./completion/upstream.ts";
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
  /** Who reads them shows it; without one only this machine does. */
  readonly metricsToken?: string | null;
  readonly endpointHosts: readonly string[];
  readonly requestsPerMinute: number;
  /** The bearer of a model of this machine; such models are refused without it. */
  readonly servingToken?: (deploymentId: string) => string;
  /** For endpoints that want a token of the gateway's own or their own key; they are refused without it. */
  readonly identity?: GatewayIdentity;
  /** Calls back when routes changed; only makes it sooner. */
  readonly listen?: (onChanged: () => void) => Promise<unknown>;
  readonly now?: () => Date;
  /** In [0, 1). */
  readonly random?: () => number;
}

const BODY_LIMIT_BYTES = 1_000_000;
const POLL_MS = 1000;

/** The door to served models. The routes are read before it is ready, and again every second until it is closed. */
export async function buildGateway(deps: GatewayDeps): Promise<FastifyInstance> {
  const {
    db,
    log,
    trustedKeys,
    endpointHosts,
    now = () => new Date(),
    random = Math.random,
  } = deps;
  const { servingToken = null, identity = null } = deps;
  const means = { servingKey: servingToken !== null, tokenScopes: identity?.scopes ?? null };
  const metrics = gatewayMetrics(deps.metrics);
  const routes = createRouteTable({
    read: () => readRoutes(db),
    verify: (row) => verifyRoute(row, { trustedKeys, endpointHosts, means, now: now() }),
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
  const agent = createUpstreamAgent(identity?.certificateAuthority);
  const keys = createEndpointKeys({
    read: (place, address) =>
      identity === null
        ? Promise.reject(new Error("no identity"))
        : identity.keyFor(place, address),
    nowMs: () => now().getTime(),
    onFailed: ({ endpoint }, error) =>
      log.error({ endpoint, why: sentenceOf(error) }, "the key of an endpoint is not to be had"),
  });
  const bearers = createBearers({ servingToken, identity, keys });
  const mirror = createMirror({
    agent,
    bearers,
    now,
    onDropped: ({ deploymentId }) => metrics.copyDropped(deploymentId),
  });

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
  app.get("/metrics", async ({ raw }, reply) => {
    const asked = { peer: raw.socket.remoteAddress, headers: raw.headers };
    if (!mayReadMetrics(asked, deps.metricsToken ?? null)) return reply.callNotFound();
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
      log[request.kind === "passed-on" ? "warn" : "info"]({ ...request }, said[request.kind]);
    };
    door.post(
      "/v1/chat/completions",
      chatCompletion({ routes, agent, now, random, mirror, onServed, bearers }),
    );
  });

  await routes.refresh();
  const timer = setInterval(() => {
    keys.forgetOld();
    void Promise.all([routes.refresh(), usage.flush()]);
  }, POLL_MS);
  void deps
    .listen?.(() => void routes.refresh())
    .catch(() => log.warn({}, "cannot listen for routes: reading them every second"));
  app.addHook("onClose", async () => {
    clearInterval(timer);
    mirror.close();
    await usage.flush();
    await agent.destroy();
  });
  return app;
}

const said = {
  answered: "answered",
  mirrored: "a copy was answered, and the answer thrown away",
  "passed-on": "a canary could not take its request: the routed one answered",
} as const;

/** What is not in our own words may hold anything. */
const sentenceOf = (error: unknown): string =>
  error instanceof DomainError ? error.message : "it could not be asked";
