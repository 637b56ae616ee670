import type { FastifyRequest } from "fastify";
import { keyOf } from "./access/authenticate.ts";
import type { RouteTable } from "./routing/route-table.ts";

/** The models this key may call, by the purpose each is approved for, with which exact model answers. */
export const listModels = (routes: RouteTable) => async (request: FastifyRequest) => ({
  object: "list",
  data: routes.list(keyOf(request).organizationId).map((route) => ({
    id: route.purpose,
    object: "model",
    created: Math.floor(new Date(route.createdAt).getTime() / 1000),
    owned_by: "preceptor",
    preceptor: {
      model: `${route.model.name}@${route.model.version}`,
      digest: route.model.digest,
      stage: route.stage,
      promotion: route.promotionId,
      deployment: route.deploymentId,
    },
  })),
});
