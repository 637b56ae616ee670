import { assertStorable, SetUp, type ComputeTargetSettings } from "@preceptor/domain";
import { setUpOrganization } from "@preceptor/services";
import type { FastifyPluginCallback } from "fastify";
import type { EdgeServices } from "./context.ts";

export interface SetUpDeps {
  readonly services: EdgeServices;
  readonly localTarget: ComputeTargetSettings;
  /** After the organization exists: what every organization gets, such as the recipes of the house. */
  readonly welcome: (organizationId: string) => Promise<void>;
}

/** POST /api/setup: the first administrator, once, with the token of the one-time link. */
export const setUpRoutes: FastifyPluginCallback<SetUpDeps> = (server, deps, done) => {
  const limit = { rateLimit: { max: 20, timeWindow: "1 minute" } };
  server.post("/api/setup", { config: limit }, async (request) => {
    assertStorable(request.body);
    const input = SetUp.parse(request.body);
    const made = await setUpOrganization(deps.services, { ...input, local: deps.localTarget });
    await deps.welcome(made.organizationId);
    return { ...made, email: input.email.toLowerCase() };
  });
  done();
};
