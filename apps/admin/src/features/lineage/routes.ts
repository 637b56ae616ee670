import type { LineageKind, ReadLineage } from "@preceptor/domain";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { z } from "zod";
import { shellRoute } from "../../frame/routes.ts";
import { oneOf, text } from "../../frame/search-params.ts";

const kinds: readonly LineageKind[] = [
  "dataset-version",
  "job",
  "checkpoint",
  "model-version",
  "evaluation",
  "promotion",
  "deployment",
];
const directions: readonly z.infer<typeof ReadLineage>["direction"][] = ["both", "back", "forward"];

export const lineageRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/lineage",
    validateSearch: (search: Record<string, unknown>) => ({
      kind: oneOf(kinds, search.kind),
      id: text(search.id),
      direction: oneOf(directions, search.direction),
    }),
    component: lazyRouteComponent(() => import("./LineagePage.tsx"), "LineagePage"),
  }),
];
