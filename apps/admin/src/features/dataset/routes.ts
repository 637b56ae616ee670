import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../frame/routes.ts";
import { count, oneOf, text } from "../../frame/search-params.ts";
import { datasetTabs } from "./tabs.ts";

const getParentRoute = () => shellRoute;

export const datasetRoutes = [
  createRoute({
    getParentRoute,
    path: "/datasets",
    validateSearch: (search: Record<string, unknown>) => ({ search: text(search.search) }),
    component: lazyRouteComponent(() => import("./DatasetsPage.tsx"), "DatasetsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/datasets/$name",
    validateSearch: (search: Record<string, unknown>) => ({
      version: count(search.version),
      tab: oneOf(datasetTabs, search.tab),
    }),
    component: lazyRouteComponent(() => import("./page/DatasetPage.tsx"), "DatasetPage"),
  }),
  // Beside /datasets, not under it: a dataset may be named `new` or `register`.
  createRoute({
    getParentRoute,
    path: "/register-dataset",
    validateSearch: (search: Record<string, unknown>) => ({ name: text(search.name) }),
    component: lazyRouteComponent(
      () => import("./register/RegisterDatasetPage.tsx"),
      "RegisterDatasetPage",
    ),
  }),
];
