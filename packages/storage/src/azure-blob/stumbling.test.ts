import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect } from "vitest";
import { storageContract } from "../contract/index.ts";
import { blobClients, startAzurite, throwAwayAuthority, type Azurite } from "../testing/index.ts";
import { azureBlobStore } from "./index.ts";

let folder: string;
let ca: string;
let azurite: Azurite;
let front: Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "azure-blob-"));
  const authority = await throwAwayAuthority();
  ca = authority.ca;
  const tls = await authority.issue(["127.0.0.1"]);
  azurite = await startAzurite({ folder, tls });
  front = createServer(tls, (asked, response) => {
    pass(asked, response).catch(() => asked.socket.destroy());
  }).listen(0, "127.0.0.1");
  await once(front, "listening");
}, 60_000);
afterAll(async () => {
  front?.closeAllConnections();
  front?.close();
  await azurite?.close();
  await rm(folder, { recursive: true, force: true });
  expect([...met.keys()].toSorted()).toEqual(["busy", "cut after", "cut before"]);
});

/** How often each kind of request came since the test began; null while it makes its container. */
let came: Map<string, number> | null = null;
const met = new Set<string>();

/** The first of each kind is cut before it has its effect, the second after, and after the fourth the storage says that it is busy. */
async function pass(asked: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(asked.url ?? "", azurite.endpoint);
  const kind = `${asked.method} ${url.searchParams.get("comp") ?? "blob"}`;
  const number = (came?.get(kind) ?? 0) + 1;
  came?.set(kind, number);
  const body = await buffer(asked);
  const meets = (what: string, when: number): boolean => {
    if (came === null || number !== when) return false;
    met.add(what);
    return true;
  };
  if (meets("cut before", 1)) return void asked.socket.destroy();
  const inner = request(url, { method: asked.method, headers: asked.headers, ca });
  inner.end(body);
  const [answer] = (await once(inner, "response")) as [IncomingMessage];
  const bytes = await buffer(answer);
  if (meets("cut after", 2)) return void asked.socket.destroy();
  if (meets("busy", 4))
    return void response.writeHead(503, { "content-type": "text/html" }).end("<html>busy</html>");
  response.writeHead(answer.statusCode ?? 500, answer.headers).end(bytes);
}

storageContract("azure-blob while the storage stumbles", async () => {
  came = null;
  const endpoint = new URL(azurite.endpoint);
  endpoint.port = String((front.address() as AddressInfo).port);
  const container = `c-${randomUUID()}`;
  const clients = blobClients({ endpoint: endpoint.href, container, ca });
  await clients.container.create();
  came = new Map();
  return azureBlobStore(clients);
});
