import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { count, oneOf, text } from "../../frame/search-params.ts";
import { modelTabs } from "./tabs.ts";

const getParentRoute = () => shellRoute;

export const modelRoutes = [
  createRoute({
    getParentRoute,
    path: "/models",
    validateSearch: (search: Record<string, unknown>) => ({ search: text(search.search) }),
    component: lazyRouteComponent(() => import("./ModelsPage.tsx"), "ModelsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/models/$name",
    validateSearch: (search: Record<string, unknown>) => ({
      version: count(search.version),
      tab: oneOf(modelTabs, search.tab),
    }),
    component: lazyRouteComponent(() => import("./page/ModelPage.tsx"), "ModelPage"),
  }),
];
