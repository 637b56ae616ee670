import type { ServedKey } from "@preceptor/services/gateway";
import type { FastifyRequest } from "fastify";
import { GatewayError } from "../errors.ts";
import type { KeyCheck } from "./key-check.ts";

declare module "fastify" {
  interface FastifyRequest {
    servedKey: ServedKey | null;
  }
}

/** A hook that lets in who brings a valid key, and writes on the request whose it is. */
export const authenticate =
  (check: KeyCheck) =>
  async (request: FastifyRequest): Promise<void> => {
    const [, bearer] = /^Bearer (\S{8,512})$/i.exec(request.headers.authorization ?? "") ?? [];
    if (bearer === undefined)
      throw new GatewayError(
        "invalid_api_key",
        "Send your API key as a header: Authorization: Bearer <key>.",
      );
    request.servedKey = await check(bearer);
    if (request.servedKey === null)
      throw new GatewayError(
        "invalid_api_key",
        "This API key is unknown, disabled or expired. Ask your organization for a new one.",
      );
  };

export function keyOf(request: FastifyRequest): ServedKey {
  if (request.servedKey === null) throw new GatewayError("invalid_api_key", "No API key was sent.");
  return request.servedKey;
}
