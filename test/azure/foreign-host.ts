import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { z } from "zod";

const Tls = z.object({ server: z.object({ cert: z.string(), key: z.string() }) });

/** Another host that a client would trust as much: it has a certificate of the same authority, and notes who comes. */
export async function aForeignHost(folder: string): Promise<{ origin: string; heard: string[] }> {
  const { server: tls } = Tls.parse(JSON.parse(await readFile(join(folder, "tls.json"), "utf8")));
  const heard: string[] = [];
  const server = createServer(tls, (message, response) => {
    heard.push(`${message.method} ${message.url} ${message.headers.authorization ?? "no token"}`);
    response
      .writeHead(200, { "content-type": "application/json" })
      .end('{"value":[],"status":"Succeeded"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}
