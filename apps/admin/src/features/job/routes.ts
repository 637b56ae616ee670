import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { oneOf, text } from "../../frame/search-params.ts";

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
];
