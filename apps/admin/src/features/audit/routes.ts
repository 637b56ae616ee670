import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { text } from "../../frame/search-params.ts";

export const auditRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/audit",
    validateSearch: (search: Record<string, unknown>) => ({
      noun: text(search.noun),
      nounId: text(search.nounId),
      actor: text(search.actor),
    }),
    component: lazyRouteComponent(() => import("./AuditPage.tsx"), "AuditPage"),
  }),
];
