import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { oneOf, text } from "../../frame/search-params.ts";
import { evaluationTabs } from "./tabs.ts";

const getParentRoute = () => shellRoute;

export const evaluationRoutes = [
  createRoute({
    getParentRoute,
    path: "/evaluations",
    validateSearch: (search: Record<string, unknown>) => ({
      tab: oneOf(evaluationTabs, search.tab),
      model: text(search.model),
      suite: text(search.suite),
    }),
    component: lazyRouteComponent(() => import("./EvaluationsPage.tsx"), "EvaluationsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/evaluations/define-suite",
    validateSearch: (search: Record<string, unknown>) => ({ from: text(search.from) }),
    component: lazyRouteComponent(() => import("./suite/DefineSuitePage.tsx"), "DefineSuitePage"),
  }),
  createRoute({
    getParentRoute,
    path: "/evaluations/compare",
    validateSearch: (search: Record<string, unknown>) => ({
      candidate: text(search.candidate),
      other: text(search.other),
    }),
    component: lazyRouteComponent(
      () => import("./compare/CompareEvaluationsPage.tsx"),
      "CompareEvaluationsPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/evaluations/$evaluationId",
    component: lazyRouteComponent(() => import("./page/EvaluationPage.tsx"), "EvaluationPage"),
  }),
];
