import { createHmac } from "node:crypto";
import { ExchangeTicket } from "@preceptor/domain";
import { exchangeTicket } from "@preceptor/services";
import type { FastifyPluginCallback } from "fastify";
import type { EdgeServices } from "./context.ts";

/** Which token an attempt has that got its secrets by a ticket: always the same, and kept nowhere. */
export type AttemptTokens = (attemptId: string) => string;

export const attemptTokensOf =
  (secret: string): AttemptTokens =>
  (attemptId) =>
    createHmac("sha256", secret).update(`attempt token of ${attemptId}`).digest("base64url");

export interface AttemptDeps {
  readonly services: EdgeServices;
  readonly attemptTokens: AttemptTokens;
}

/** POST /api/attempts/exchange: a process's secrets for the ticket of its attempt, once a rank. */
export const attemptRoutes: FastifyPluginCallback<AttemptDeps> = (server, deps, done) => {
  server.post("/api/attempts/exchange", { bodyLimit: 2_000 }, async (request, reply) => {
    const input = ExchangeTicket.parse(request.body);
    void reply.header("cache-control", "no-store");
    return { secrets: await exchangeTicket(deps.services, input, deps.attemptTokens) };
  });
  done();
};
