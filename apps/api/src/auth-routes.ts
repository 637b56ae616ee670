import type { FastifyPluginCallback, FastifyRequest } from "fastify";
import { CLIENT_ADDRESS_HEADER, type Auth } from "./auth.ts";
import { headersOf } from "./context.ts";

/** What of better-auth the world may reach; everything that changes people or organizations has a verb of ours instead. */
const reachable = new Set([
  "POST sign-in/email",
  "POST sign-out",
  "GET get-session",
  "POST change-password",
  "GET list-sessions",
  "POST revoke-session",
  "POST revoke-other-sessions",
  "GET device",
  "POST device/code",
  "POST device/token",
  "POST device/approve",
  "POST device/deny",
]);

export const authRoutes: FastifyPluginCallback<{ auth: Auth; publicUrl: string }> = (
  server,
  { auth, publicUrl },
  done,
) => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, parsed) =>
    parsed(null, body),
  );
  server.all("/api/auth/*", async (request, reply) => {
    const path = new URL(request.url, publicUrl).pathname.slice("/api/auth/".length);
    if (!reachable.has(`${request.method} ${path}`))
      return reply.code(404).send({ message: "There is no such address." });
    return reply.send(await auth.handler(asRequest(request, publicUrl)));
  });
  done();
};

function asRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = headersOf(request.headers);
  headers.set(CLIENT_ADDRESS_HEADER, request.ip);
  headers.delete("content-length");
  return new Request(new URL(request.url, publicUrl), {
    method: request.method,
    headers,
    ...(typeof request.body === "string" && request.body !== "" ? { body: request.body } : {}),
  });
}
