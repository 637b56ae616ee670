import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { oneOf, text } from "../../frame/search-params.ts";
import { targetTabs } from "./page/tabs.ts";

const getParentRoute = () => shellRoute;

export const computeTargetRoutes = [
  createRoute({
    getParentRoute,
    path: "/compute",
    component: lazyRouteComponent(() => import("./ComputeTargetsPage.tsx"), "ComputeTargetsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/define-target",
    validateSearch: (search: Record<string, unknown>) => ({ from: text(search.from) }),
    component: lazyRouteComponent(
      () => import("./define/DefineTargetPage.tsx"),
      "DefineTargetPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/compute/$target",
    validateSearch: (search: Record<string, unknown>) => ({ tab: oneOf(targetTabs, search.tab) }),
    component: lazyRouteComponent(() => import("./page/TargetPage.tsx"), "TargetPage"),
  }),
];
