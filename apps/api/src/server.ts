import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import underPressure from "@fastify/under-pressure";
import type { ComputeTargetSettings } from "@preceptor/domain";
import type { Metrics } from "@preceptor/telemetry";
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { authRoutes } from "./auth-routes.ts";
import type { Auth } from "./auth.ts";
import { attemptRoutes, type AttemptTokens } from "./attempt-routes.ts";
import { auditRoutes } from "./audit-routes.ts";
import type { Changes } from "./changes.ts";
import { contextOf, headersOf, type ApiContext, type EdgeServices } from "./context.ts";
import type { Grants } from "./downloads/grant.ts";
import { downloadRoutes } from "./downloads/routes.ts";
import { handleError } from "./handle-error.ts";
import { healthRoutes } from "./health-routes.ts";
import { mlflowRoutes } from "./mlflow/routes.ts";
import { refuseForeignOrigins } from "./origin.ts";
import { appRouter, type AppRouter } from "./router.ts";
import { setUpRoutes } from "./setup-routes.ts";
import { serveAdmin } from "./static-routes.ts";
import { uploadRoutes } from "./upload-routes.ts";

export interface ServerDeps {
  readonly services: EdgeServices;
  readonly auth: Auth;
  readonly changes: Changes;
  readonly metrics: Metrics;
  /** Who reads them shows it; without one only this machine does. */
  readonly metricsToken?: string | null;
  readonly publicUrl: string;
  /** Links to files that only this process can read. */
  readonly grants: Grants;
  readonly attemptTokens: AttemptTokens;
  readonly trustedOrigins: readonly string[];
  readonly adminDist: string;
  readonly localTarget: ComputeTargetSettings;
  readonly welcome: (organizationId: string) => Promise<void>;
  /** Addresses or ranges of proxies that are believed about who called them; attempts to sign in are counted by caller. */
  readonly trustedProxies?: readonly string[];
  /** Whether the database answers. */
  readonly isReady: () => Promise<boolean>;
}
const BODY_LIMIT_BYTES = 1_000_000;

/** The whole HTTP edge; listens to nothing yet. */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: 2_000 },
    forceCloseConnections: true,
    trustProxy: [...(deps.trustedProxies ?? [])],
  });
  const { services, publicUrl } = deps;
  const contextFor = (request: FastifyRequest): ApiContext =>
    contextOf(deps, headersOf(request.headers));
  server.setErrorHandler(handleError(services.log));
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
      },
    },
    strictTransportSecurity: publicUrl.startsWith("https:"),
  });
  await server.register(rateLimit, { global: false });
  await server.register(underPressure, { maxEventLoopDelay: 5_000, retryAfter: 5 });
  countRequests(server, deps.metrics);
  refuseForeignOrigins(server, deps.trustedOrigins);
  await server.register(healthRoutes, deps);
  await server.register(authRoutes, deps);
  await server.register(setUpRoutes, deps);
  await server.register(attemptRoutes, deps);
  await server.register(uploadRoutes, { contextFor });
  await server.register(auditRoutes, { contextFor });
  await server.register(downloadRoutes, { contextFor });
  for (const prefix of ["/api/2.0/mlflow", "/ajax-api/2.0/mlflow"])
    await server.register(mlflowRoutes, { prefix, contextFor });
  await server.register(fastifyTRPCPlugin, {
    prefix: "/api/trpc",
    trpcOptions: {
      router: appRouter,
      createContext: ({ req }) => contextFor(req),
      // A query with a long input (a spec, a dossier) does not fit an address: clients may POST it.
      allowMethodOverride: true,
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);
  await serveAdmin(server, deps.adminDist);
  return server;
}

function countRequests(server: FastifyInstance, metrics: Metrics): void {
  const seconds = metrics.histogram(
    "http_request_seconds",
    "How long requests took, by route and status.",
    [0.005, 0.02, 0.1, 0.5, 2, 10],
    ["method", "route", "status"],
  );
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    seconds.observe(labels, reply.elapsedTime / 1000);
  });
}
