import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { oneOf } from "../../frame/search-params.ts";

export const accessRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/members",
    validateSearch: (search: Record<string, unknown>) => ({
      tab: oneOf(["members", "keys"], search.tab),
    }),
    component: lazyRouteComponent(() => import("./MembersPage.tsx"), "MembersPage"),
  }),
];
