import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, connect, type Server, type Socket } from "node:net";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export interface Upstream {
  readonly endpoint: string;
  readonly seen: {
    readonly authorization: string | undefined;
    readonly deployment: string | undefined;
    readonly body: unknown;
  }[];
  /** Who is let in; everybody unless a test says otherwise. */
  accepts: (authorization: string | undefined) => boolean;
  /** Whether it takes requests and says nothing. */
  silent: boolean;
  /** How many clients left before their answer was whole. */
  abandoned(): number;
  close(): Promise<void>;
}

const usage = { prompt_tokens: 7, completion_tokens: 3 };

/** A model's server, tiny and real. What the last message says decides how it answers. */
export async function anUpstream(): Promise<Upstream> {
  const seen: Upstream["seen"] = [];
  let abandoned = 0;
  const server = createServer((request, response) => {
    response.once("close", () => (abandoned += response.writableFinished ? 0 : 1));
    if (!upstream.accepts(request.headers.authorization)) {
      request.resume();
      return void response.writeHead(401).end();
    }
    void answer(request, response, seen, upstream);
  });
  const port = await listen(server);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const upstream: Upstream = {
    endpoint: `http://127.0.0.1:${port}/v1`,
    seen,
    accepts: () => true,
    silent: false,
    abandoned: () => abandoned,
    close,
  };
  return upstream;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  seen: Upstream["seen"],
  upstream: Pick<Upstream, "silent">,
): Promise<void> {
  const body = (await json(request)) as { messages: { content: string }[]; stream?: boolean };
  const deployment = request.headers["x-deployment"]?.toString();
  seen.push({ authorization: request.headers.authorization, deployment, body });
  const wish = body.messages.at(-1)?.content ?? "";
  if (wish.startsWith("status ")) {
    response.writeHead(Number(wish.slice(7)), { "content-type": "application/json" });
    return void response.end(
      JSON.stringify({ error: { message: "too long", code: "from-model" } }),
    );
  }
  if (wish === "silence" || upstream.silent) return;
  if (body.stream) {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(chunk({ choices: [{ delta: { content: "Hal" } }] }));
    if (wish === "endless") return;
    if (wish === "break")
      return void response.write(": half", () => setImmediate(() => response.destroy()));
    response.write(chunk({ choices: [{ delta: { content: "lo ü" } }] }));
    response.write(chunk({ choices: [], usage }));
    return void response.end("data: [DONE]\n\n");
  }
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ choices: [{ message: { content: "Hallo" } }], usage }));
}

const chunk = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;

export interface Wire {
  readonly url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** A wire to the database that can be cut and mended: the outage is real for whoever is behind it. */
export async function aWireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const databasePort = Number(target.port);
  const sockets = new Set<Socket>();
  const server = createTcpServer((near) => {
    const far = connect(databasePort, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  const port = await listen(server);
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(cut);
  target.port = String(port);
  target.hostname = "127.0.0.1";
  return { url: target.href, cut, mend: () => listen(server, port).then(() => {}) };
}

async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
