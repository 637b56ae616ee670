import { createRoute, createRouter } from "@tanstack/react-router";
import { computeTargetRoutes } from "./features/compute-target/routes.ts";
import { datasetRoutes } from "./features/dataset/routes.ts";
import { evaluationRoutes } from "./features/evaluation/routes.ts";
import { modelRoutes } from "./features/model/routes.ts";
import { jobRoutes } from "./features/job/routes.ts";
import { overviewRoutes } from "./features/overview/routes.ts";
import { promotionRoutes } from "./features/promotion/routes.ts";
import { accessRoutes } from "./features/access/routes.ts";
import { auditRoutes } from "./features/audit/routes.ts";
import { deploymentRoutes } from "./features/deployment/routes.ts";
import { lineageRoutes } from "./features/lineage/routes.ts";
import { retentionRoutes } from "./features/retention/routes.ts";
import { signInRoutes } from "./features/sign-in/routes.ts";
import { NotFound } from "./frame/NotFound.tsx";
import { RouteError } from "./frame/RouteError.tsx";
import { RoutePending } from "./frame/RoutePending.tsx";
import { rootRoute, shellRoute } from "./frame/routes.ts";

// An unknown address keeps the frame around it, so that one can search or go on from there.
const unknownRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/$",
  component: NotFound,
});

// A feature's routes are one line here; each page is its own chunk.
const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  shellRoute.addChildren([
    ...overviewRoutes,
    ...jobRoutes,
    ...datasetRoutes,
    ...modelRoutes,
    ...evaluationRoutes,
    ...computeTargetRoutes,
    ...promotionRoutes,
    ...lineageRoutes,
    ...deploymentRoutes,
    ...auditRoutes,
    ...accessRoutes,
    ...retentionRoutes,
    unknownRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
  defaultPendingComponent: RoutePending,
  scrollRestoration: true,
});
