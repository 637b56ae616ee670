import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";

export const computeTargetRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/compute",
    component: lazyRouteComponent(() => import("./ComputeTargetsPage.tsx"), "ComputeTargetsPage"),
  }),
];
