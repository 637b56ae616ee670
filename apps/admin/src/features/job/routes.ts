import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { list, oneOf, text } from "../../frame/search-params.ts";
import { jobTabs } from "./tabs.ts";

const getParentRoute = () => shellRoute;

export const jobRoutes = [
  createRoute({
    getParentRoute,
    path: "/jobs",
    validateSearch: (search: Record<string, unknown>) => ({
      status: text(search.status),
      kind: text(search.kind),
      search: text(search.search),
      sort: oneOf(["createdAt", "name"], search.sort),
      direction: oneOf(["asc", "desc"], search.direction),
    }),
    component: lazyRouteComponent(() => import("./JobsPage.tsx"), "JobsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/jobs/new",
    validateSearch: (search: Record<string, unknown>) => ({
      from: text(search.from),
      recipe: text(search.recipe),
    }),
    component: lazyRouteComponent(() => import("./launch/LaunchPage.tsx"), "LaunchPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/jobs/$jobId",
    validateSearch: (search: Record<string, unknown>) => ({
      tab: oneOf(jobTabs, search.tab),
      log: text(search.log),
    }),
    component: lazyRouteComponent(() => import("./page/JobPage.tsx"), "JobPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/compare",
    validateSearch: (search: Record<string, unknown>) => ({
      ids: list(search.ids).slice(0, 5).join(",") || undefined,
    }),
    component: lazyRouteComponent(() => import("./compare/ComparePage.tsx"), "ComparePage"),
  }),
];
