import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { text } from "../../frame/search-params.ts";

const getParentRoute = () => shellRoute;

export const deploymentRoutes = [
  createRoute({
    getParentRoute,
    path: "/deployments",
    validateSearch: (search: Record<string, unknown>) => ({ purpose: text(search.purpose) }),
    component: lazyRouteComponent(() => import("./DeploymentsPage.tsx"), "DeploymentsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/deployments/$deploymentId",
    component: lazyRouteComponent(() => import("./page/DeploymentPage.tsx"), "DeploymentPage"),
  }),
];
