import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { text } from "../../frame/search-params.ts";

const getParentRoute = () => shellRoute;

export const promotionRoutes = [
  createRoute({
    getParentRoute,
    path: "/promotions",
    validateSearch: (search: Record<string, unknown>) => ({ status: text(search.status) }),
    component: lazyRouteComponent(() => import("./PromotionsPage.tsx"), "PromotionsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/promotions/new",
    validateSearch: (search: Record<string, unknown>) => ({
      model: text(search.model),
      purpose: text(search.purpose),
    }),
    component: lazyRouteComponent(() => import("./request/RequestPage.tsx"), "RequestPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/promotions/policies",
    component: lazyRouteComponent(() => import("./policy/PoliciesPage.tsx"), "PoliciesPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/promotions/$promotionId",
    component: lazyRouteComponent(() => import("./dossier/DossierPage.tsx"), "DossierPage"),
  }),
];
