import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The built web UI: files with a digest in their name are kept for a year, any other address is the application's first page. */
export async function serveAdmin(server: FastifyInstance, folder: string): Promise<void> {
  const index = join(folder, "index.html");
  if (existsSync(folder))
    await server.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      wildcard: true,
      index: ["index.html"],
      cacheControl: false,
      setHeaders: (reply, path) => {
        const immutable = path.includes("/assets/");
        reply.header(
          "cache-control",
          immutable ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    });
  server.setNotFoundHandler(async (request, reply) => {
    const page = request.method === "GET" && !/^\/(api|ajax-api)\//.test(request.url);
    if (!page || !existsSync(index))
      return reply.code(404).send({ message: "There is no such address." });
    // A missing script must fail as one, not arrive as a page.
    if (/\.(js|css|map|woff2?|png|svg|ico)(\?|$)/.test(request.url))
      return reply.code(404).send({ message: "There is no such file." });
    return reply
      .header("cache-control", "no-cache")
      .type("text/html; charset=utf-8")
      .send(readFileSync(index));
  });
}
