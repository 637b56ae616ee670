import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";

export const retentionRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/retention",
    component: lazyRouteComponent(() => import("./RetentionPage.tsx"), "RetentionPage"),
  }),
];
