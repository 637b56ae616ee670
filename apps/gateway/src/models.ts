import type { FastifyRequest } from "fastify";
import { keyOf } from "./access/authenticate.ts";
import type { RouteTable } from "./routing/route-table.ts";
import type { VerifiedRoute } from "./routing/verify-route.ts";

/** The models this key may call, by the purpose each is approved for, with which exact model answers, and which a part of the requests. */
export const listModels = (routes: RouteTable) => async (request: FastifyRequest) => ({
  object: "list",
  data: routes.list(keyOf(request).organizationId).map(({ routed, canaries }) => ({
    id: routed.purpose,
    object: "model",
    created: Math.floor(new Date(routed.createdAt).getTime() / 1000),
    owned_by: "preceptor",
    preceptor: {
      ...whatAnswers(routed),
      canaries: canaries.map((route) => ({ ...whatAnswers(route), percent: route.percent })),
    },
  })),
});

const whatAnswers = (route: VerifiedRoute) => ({
  model: `${route.model.name}@${route.model.version}`,
  digest: route.model.digest,
  stage: route.stage,
  promotion: route.promotionId,
  deployment: route.deploymentId,
});
